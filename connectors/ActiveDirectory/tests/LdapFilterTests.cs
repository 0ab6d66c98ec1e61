using System.Globalization;
using System.Text;
using CsCheck;
using Responder.Connectors.ActiveDirectory.Ldap;

namespace Responder.Connectors.ActiveDirectory.Tests;

public sealed class LdapFilterTests
{
    [Theory]
    [InlineData("alexchen", "alexchen")]
    [InlineData("*", @"\2a")]
    [InlineData("a)(b=*", @"a\29\28b=\2a")]
    [InlineData(@"a\b", @"a\5cb")]
    [InlineData("a\0b", @"a\00b")]
    [InlineData("é", @"\c3\a9")]
    public void A_value_is_written_so_that_it_is_only_a_value(string value, string quoted) => Assert.Equal(quoted, LdapFilter.Quote(value));

    [Fact]
    public void Any_text_comes_back_whole_and_holds_nothing_that_the_language_knows() => Gen.String.Sample(text =>
    {
        var quoted = LdapFilter.Quote(text);
        Assert.DoesNotContain(quoted, sign => "*()&|!<>~\0".Contains(sign));
        var bytes = new List<byte>();
        for (var at = 0; at < quoted.Length; at++)
        {
            bytes.Add(quoted[at] == '\\' ? byte.Parse(quoted.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : (byte)quoted[at]);
            at += quoted[at] == '\\' ? 2 : 0;
        }

        Assert.Equal(Encoding.UTF8.GetBytes(text), bytes);
    });

    [Fact]
    public void A_security_id_is_read() => Assert.Equal(
        "S-1-5-21-1004336348-1177238915-682003330-1145",
        Sid.Text([1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, .. BitConverter.GetBytes(1004336348u), .. BitConverter.GetBytes(1177238915u), .. BitConverter.GetBytes(682003330u), .. BitConverter.GetBytes(1145u)]));
}
