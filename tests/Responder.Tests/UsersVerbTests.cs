namespace Responder.Tests;

/// <summary><c>responder users</c>, by the real program.</summary>
public sealed class UsersVerbTests
{
    [Fact]
    public async Task Somebody_is_invited_listed_reset_and_disabled_and_no_link_is_shown_twice()
    {
        using var program = new TheProgram();

        var invited = await program.RunAsync("users", "invite", "MLee", "--role", "analyst", "author", "--data", program.Data, "--output", "json");
        var reset = await program.RunAsync("users", "reset", "mlee", "--data", program.Data, "--output", "json");
        var listed = await program.RunAsync("users", "list", "--data", program.Data, "--output", "json");
        var disabled = await program.RunAsync("users", "disable", "mlee", "--data", program.Data);
        var after = await program.RunAsync("users", "list", "--data", program.Data);

        var (first, second) = (invited.Json.GetProperty("link").GetString()!, reset.Json.GetProperty("link").GetString()!);
        Assert.Contains("/welcome#", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        var row = Assert.Single(listed.Json.GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(("mlee", "invited", "analyst author"), (row.GetProperty("name").GetString(), row.GetProperty("status").GetString(), string.Join(' ', row.GetProperty("roles").EnumerateArray().Select(one => one.GetString()))));
        Assert.DoesNotContain("welcome", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, disabled.Code);
        Assert.Contains("disabled", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_or_a_role_that_is_none_and_an_account_that_is_not_there_are_bad_input()
    {
        using var program = new TheProgram();

        var role = await program.RunAsync("users", "invite", "mlee", "--role", "king", "--data", program.Data);
        var name = await program.RunAsync("users", "invite", "m lee", "--role", "analyst", "--data", program.Data);
        var reset = await program.RunAsync("users", "reset", "nobody", "--data", program.Data);
        var disable = await program.RunAsync("users", "disable", "nobody", "--data", program.Data);

        Assert.Equal([2, 2, 2, 2], new[] { role.Code, name.Code, reset.Code, disable.Code });
        Assert.Contains("letters, digits", name.Error, StringComparison.Ordinal);
        Assert.Contains("responder users list", disable.Error, StringComparison.Ordinal);
    }
}
