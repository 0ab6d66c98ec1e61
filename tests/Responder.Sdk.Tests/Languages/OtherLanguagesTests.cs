using CsCheck;
using Responder.Sdk.Chat;
using Responder.Sdk.Edr;
using Responder.Sdk.Http;
using Responder.Sdk.Tickets;

namespace Responder.Sdk.Tests.Languages;

public sealed class OtherLanguagesTests
{
    [Theory]
    [InlineData("plain text, with ENG-WS-045 and snake_case words.", "plain text, with ENG-WS-045 and snake_case words.")]
    [InlineData("[x](http://evil)", @"\[x\](http://evil)")]
    [InlineData("**bold** and `code`", @"\*\*bold\*\* and \`code\`")]
    [InlineData("<script>", @"\<script>")]
    [InlineData("# heading\n- item\n> quote\n1. one", "\\# heading\n\\- item\n\\> quote\n1\\. one")]
    [InlineData(@"C:\temp\staging\", @"C:\temp\staging\\")]
    [InlineData(@"C:\*", @"C:\\\*")]
    [InlineData("a | b ~c~", @"a \| b \~c\~")]
    [InlineData("_x_ a_b", @"\_x\_ a_b")]
    public void Markdown_shows_a_value_letter_by_letter(string value, string quoted) => Assert.Equal(quoted, MarkdownText.Quote(value));

    [Fact]
    public void A_text_over_the_limit_is_cut_at_a_heading()
    {
        var text = string.Join('\n', Enumerable.Range(1, 20).Select(part => $"## Part {part}\n{new string('x', 80)}"));
        var (cut, was) = MarkdownText.Fit(text, 1000, "*The rest is attached.*");
        Assert.True(was);
        Assert.True(cut.Length <= 1000);
        Assert.EndsWith("x\n\n*The rest is attached.*", cut, StringComparison.Ordinal);
        Assert.Equal(("short", false), MarkdownText.Fit("short", 1000, "x"));
        Assert.True(MarkdownText.Fit(new string('y', 5000), 1000, "x").Text.Length <= 1000);
    }

    [Theory]
    [InlineData("a\"b\\c", false, "\"a\\\"b\\\\c\"")]
    [InlineData("a\nb", false, "\"a\\nb\"")]
    [InlineData("T10", true, "\"T10*\"")]
    public void JQL_has_a_value_as_one_string(string value, bool prefix, string quoted) => Assert.Equal(quoted, Jql.Quote(value, prefix));

    [Theory]
    [InlineData("a/b?c=d#e", "a%2Fb%3Fc%3Dd%23e")]
    [InlineData("a b", "a%20b")]
    [InlineData("…", "%E2%80%A6")]
    public void A_URL_path_has_a_value_as_one_segment(string value, string quoted) => Assert.Equal(quoted, UrlPath.Quote(value));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void What_is_a_step_in_a_path_is_no_value(string value) => Assert.Throws<ActionFailure>(() => UrlPath.Quote(value));

    [Theory]
    [InlineData(@"C:\Temp\a", @"C:\Temp\a")]
    [InlineData(@"c:\temp\staging\", @"c:\temp\staging")]
    [InlineData(@"D:\", @"D:\")]
    [InlineData(@"C:\Users\alexchen\a b\ä~x", @"C:\Users\alexchen\a b\ä~x")]
    public void A_plain_drive_path_is_taken_without_its_last_backslash(string path, string normal) => Assert.Equal(normal, WindowsPath.Normal(path));

    [Theory]
    [InlineData(@"C:\a\..\b")]
    [InlineData(@"C:\a\\b")]
    [InlineData(@"C:a")]
    [InlineData(@"C:")]
    [InlineData("")]
    [InlineData(@"\\?\C:\a")]
    [InlineData(@"C:\a:b")]
    [InlineData(@"C:\PROGRA~1")]
    [InlineData("C:\\a\u202Eb")]
    [InlineData("C:\\a\uFF0Fb")]
    [InlineData("C:\\a\0b")]
    [InlineData(@"C:\a.\b")]
    [InlineData(@"C:\%TEMP%")]
    public void What_is_cleverer_is_refused(string path)
    {
        Assert.NotNull(WindowsPath.Problem(path));
        Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => WindowsPath.Normal(path)).Kind);
    }

    [Theory]
    [InlineData(@"C:\temp\staging\a", @"c:\TEMP", true)]
    [InlineData(@"C:\temp", @"C:\temp", true)]
    [InlineData(@"C:\temperature", @"C:\temp", false)]
    [InlineData(@"C:\x", @"C:\", true)]
    public void Below_means_below(string path, string folder, bool below) => Assert.Equal(below, WindowsPath.IsAtOrBelow(path, folder));

    [Fact]
    public void A_path_that_is_taken_is_taken_again_as_it_is()
    {
        // Parts that are mostly fine, so that whole paths are often taken, with some of those that are not.
        var part = Gen.Frequency((20, Gen.String[Gen.Char["abcXYZ019 _-()é"], 1, 12]), (1, Gen.String));
        var taken = 0;
        part.Array[0, 4].Select(parts => @"C:\" + string.Join('\\', parts)).Sample(
            path =>
            {
                if (WindowsPath.Problem(path) is not null)
                {
                    return true;
                }

                Interlocked.Increment(ref taken);
                var once = WindowsPath.Normal(path);
                return WindowsPath.Normal(once) == once;
            },
            iter: 1000);
        Assert.True(taken > 100, $"Only {taken} of 1,000 paths were taken.");
    }
}
