using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Responder.Sdk.Identity;

namespace Responder.Sdk.Tests;

public sealed class SecretTests
{
    private const string Canary = "c4n4ry-value";

    [Fact]
    public void It_is_in_no_text()
    {
        var secret = new Secret(Canary);
        Assert.DoesNotContain(Canary, $"{secret} {new { secret }}", StringComparison.Ordinal);
        Assert.Equal(Canary, secret.Reveal());
    }

    [Fact]
    public void It_can_neither_be_written_as_JSON_nor_read_from_it()
    {
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new { Password = new Secret(Canary) }, Json.Options));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Secret>($"\"{Canary}\"", Json.Options));
    }

    [Fact]
    public void Configuration_binds_it()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("It:Token", Canary)]).Build();
        Assert.Equal(Canary, settings.GetSection("It").Get<Settings>()!.Token.Reveal());
        Assert.True(TypeDescriptor.GetConverter(typeof(Secret)).CanConvertFrom(typeof(string)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("x", false)]
    public void It_knows_whether_it_was_set(string value, bool empty) => Assert.Equal(empty, new Secret(value).IsEmpty);

    [Fact]
    public void A_password_that_we_make_is_new_each_time_and_takes_every_policy()
    {
        var made = Enumerable.Range(0, 200).Select(_ => RandomPassword.Make().Reveal()).ToList();
        Assert.Equal(200, made.Distinct().Count());
        Assert.All(made, password =>
        {
            Assert.Equal(32, password.Length);
            Assert.Contains(password, char.IsAsciiLetterLower);
            Assert.Contains(password, char.IsAsciiLetterUpper);
            Assert.Contains(password, char.IsAsciiDigit);
            Assert.Contains(password, letter => !char.IsAsciiLetterOrDigit(letter));
        });
    }

    private sealed class Settings
    {
        public Secret Token { get; init; } = new(string.Empty);
    }
}
