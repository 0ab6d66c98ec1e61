using System.Text.Json;
using CsCheck;

namespace Responder.Sdk.Tests.Languages;

public sealed class TemplateTests
{
    private static readonly Template Sample = new([new TemplatePart("host=", null, false), new TemplatePart(null, "WS\"1", false), new TemplatePart(" path=", null, false), new TemplatePart(null, @"C:\temp", true)]);

    [Fact]
    public void Text_is_kept_and_values_are_quoted() =>
        Assert.Equal("host=<WS\"1> path=<C:\\temp>*", Sample.Render((value, prefix) => prefix ? $"<{value}>*" : $"<{value}>"));

    [Fact]
    public void For_people_values_are_shown_as_such() => Assert.Equal("host=‹WS\"1› path=‹C:\\temp›*", Sample.ToString());

    [Fact]
    public void It_goes_through_JSON_and_back_with_text_and_values_apart()
    {
        var json = JsonSerializer.Serialize(Sample, Json.Options);
        Assert.Equal("""["host=",{"value":"WS\"1"}," path=",{"value":"C:\\temp","prefix":true}]""", json);
        Assert.Equal(Sample.Parts, JsonSerializer.Deserialize<Template>(json, Json.Options)!.Parts);
        Assert.Equal([new TemplatePart("plain", null, false)], JsonSerializer.Deserialize<Template>("\"plain\"", Json.Options)!.Parts);
    }

    [Fact]
    public void Any_template_goes_through_JSON() => Gen.Select(Gen.String, Gen.String, Gen.Bool)
        .Where((text, value, _) => !(text + value).Any(char.IsSurrogate))
        .Sample((text, value, prefix) =>
        {
            var template = new Template([new TemplatePart(text, null, false), new TemplatePart(null, value, prefix)]);
            return JsonSerializer.Deserialize<Template>(JsonSerializer.Serialize(template, Json.Options), Json.Options)!.Parts.SequenceEqual(template.Parts);
        });
}
