using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Language;

public sealed class InputFormsTests
{
    [Theory]
    [InlineData("hostname", "\"ENG-WS-045\"", null)]
    [InlineData("hostname", "\"a b\"", "`x` takes a host name: ENG-WS-045 or eng-ws-045.company.com, not 'a b'")]
    [InlineData("hostname", "5", "not 5")]
    [InlineData("integer", "5", null)]
    [InlineData("integer", "5.5", "`x` takes an integer, not 5.5")]
    [InlineData("integer", "\"5\"", "`x` takes an integer, not '5'")]
    [InlineData("number", "5.5", null)]
    [InlineData("boolean", "true", null)]
    [InlineData("boolean", "\"true\"", "`x` takes true or false, not 'true'")]
    [InlineData("object", "{}", null)]
    [InlineData("object", "[]", "`x` takes an object, not a list")]
    [InlineData("string", "\"\"", null)]
    [InlineData("email[]", "[\"a@b.com\", \"c\"]", "`x[1]` takes an address")]
    [InlineData("email[]", "\"a@b.com\"", "`x` takes a list (email[]), not 'a@b.com'")]
    [InlineData("string[]", "[]", null)]
    public void A_value_is_checked_by_its_type(string type, string value, string? says)
    {
        var found = InputForms.Check(Json(value), Definition(type));
        if (says is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(says, found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Null_is_refused_where_a_value_is_required_and_only_there()
    {
        Assert.Equal("`x` is required and has no value", InputForms.Check(Json("null"), Definition("string")));
        Assert.Null(InputForms.Check(Json("null"), Definition("string") with { Required = false }));
        Assert.Null(InputForms.Check(default, Definition("string") with { Required = false }));
    }

    [Fact]
    public void Enum_and_pattern_hold_for_each_item()
    {
        var definition = Definition("string[]") with { Enum = [Json("\"a\""), Json("\"b\"")] };
        Assert.Null(InputForms.Check(Json("[\"a\",\"b\"]"), definition));
        Assert.Equal("`x[1]` must be one of a, b, not 'c'", InputForms.Check(Json("[\"a\",\"c\"]"), definition));
        Assert.Null(InputForms.Check(Json("\"SOC-1\""), Definition("string") with { Pattern = "SOC-[0-9]+" }));
        Assert.NotNull(InputForms.Check(Json("\"x SOC-1\""), Definition("string") with { Pattern = "SOC-[0-9]+" }));
        Assert.NotNull(InputForms.Check(Json("\"SOC-1\\n\""), Definition("string") with { Pattern = "SOC-[0-9]+" }));
    }

    [Fact]
    public void A_pattern_that_takes_for_ever_on_a_hostile_text_is_no_match()
    {
        var definition = Definition("string") with { Pattern = "(a+)+b" };
        Assert.NotNull(InputForms.Check(Json($"\"{new string('a', 40)}\""), definition));
    }

    [Fact]
    public void A_long_value_is_cut_in_the_message() => Assert.True(InputForms.Check(Json($"\"{new string(' ', 5000)}\""), Definition("email"))!.Length < 250);

    private static InputDefinition Definition(string type) =>
        new("x", type.EndsWith("[]", StringComparison.Ordinal) ? new InputType(type[..^2], true) : new InputType(type, false), null, null, true, [], null, new SourcePosition(1, 1));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
