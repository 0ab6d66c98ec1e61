using System.Buffers.Text;
using System.Text;
using Responder.Sdk.Entra;

namespace Responder.Sdk.Tests.Entra;

/// <summary>What a token says of its holder.</summary>
public sealed class EntraRolesTests
{
    [Fact]
    public void The_roles_of_a_token_say_what_is_allowed_and_what_is_missing()
    {
        var roles = EntraRoles.Of(Token("""{"app_displayname":"responder","tid":"t-1","roles":["User.Read.All","AuditLog.Read.All"]}"""))!;
        Assert.Equal(("responder", "t-1"), (roles.App, roles.Tenant));
        var allowed = roles.Allow([("find", ["User.Read.All"]), ("disable", ["User.EnableDisableAccount.All + User.Read.All", "User.ReadWrite.All"]), ("both", ["X", "AuditLog.Read.All + User.Read.All"])]);
        Assert.Equal((null, null), (allowed["find"], allowed["both"]));
        Assert.Contains("User.EnableDisableAccount.All", allowed["disable"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("a.!!!.c")]
    public void A_token_that_says_nothing_is_none(string token) => Assert.Null(EntraRoles.Of(new Secret(token)));

    private static Secret Token(string claims) => new($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.x");
}
