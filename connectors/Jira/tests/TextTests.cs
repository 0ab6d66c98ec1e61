using System.Text.Json;
using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Jira.Text;
using Responder.Sdk.Chat;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Markdown as Jira takes it.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("# One", "h1. One\n")]
    [InlineData("a **b** *c* ~~d~~ `e`", "a *b* _c_ -d- {{e}}\n")]
    [InlineData("- a\n- b\n  - c", "* a\n* b\n** c\n")]
    [InlineData("1. a\n2. b", "# a\n# b\n")]
    [InlineData("> q", "{quote}\nq\n{quote}\n")]
    [InlineData("```python\nx = {1}\n```", "{code:python}\nx = {1}\n{code}\n")]
    [InlineData("```\n{code}\n```", "{noformat}\n{code}\n{noformat}\n")]
    [InlineData("| a | b |\n| --- | --- |\n| 1 | |", "||a||b||\n|1| |\n")]
    [InlineData("[x](https://a.example/b)", "[x|https://a.example/b]\n")]
    [InlineData("[x](javascript:alert)", "x\n")]
    [InlineData("mid**dle**d", "mid{*}dle{*}d\n")]
    public void Wiki_text(string markdown, string wiki) => Assert.Equal(wiki, WikiText.Write(markdown));

    [Theory]
    [InlineData("{panel}", @"\{panel\}")]
    [InlineData("a==b ^x :x:", @"a==b \^x :x:")]
    [InlineData("*a* _b_ -c- +d+ ~e~", @"\*a\* \_b\_ \-c\- \+d\+ \~e\~")]
    [InlineData("ENG-WS-045 my_file", "ENG-WS-045 my_file")]
    [InlineData("[x|http://evil.example]", @"\[x\|http&#58;//evil.example\]")]
    [InlineData(@"C:\temp\staging\", @"C:\temp\staging&#92;")]
    [InlineData(@"\\server\share", @"&#92;&#92;server\share")]
    [InlineData("!http://evil.example/p.png!", @"\!http&#58;//evil.example/p.png!")]
    [InlineData("h1. title", "h1&#46; title")]
    [InlineData("(x) (ok) :)", @"\(x) (ok) &#58;)")]
    [InlineData("&#123;", "&#38;\\#123;")]
    public void A_value_is_shown_letter_by_letter_in_wiki_text(string value, string wiki) => Assert.Equal(wiki + "\n", WikiText.Write(MarkdownText.Quote(value)));

    [Theory]
    [InlineData("{panel} ==x== ^a^ :smile: [~user] @here")]
    [InlineData("[x](http://evil.example) ![y](http://evil.example/p) <b> `c` **d**")]
    [InlineData("| a | b |\n# h\n- l\n> q\n```\n---")]
    public void A_value_is_one_plain_text_in_a_document(string value)
    {
        var (document, _) = Adf.Write("Seen: " + MarkdownText.Quote(value.Replace('\n', ' ')) + " end");
        var paragraph = Assert.Single(document["content"]!.AsArray())!;
        var text = Assert.Single(paragraph["content"]!.AsArray())!;
        Assert.Null(text["marks"]);
        Assert.Equal($"Seen: {value.Replace('\n', ' ')} end", text["text"]!.GetValue<string>());
    }

    [Fact]
    public void Every_block_becomes_a_document_that_Jira_takes()
    {
        const string markdown = "# H\n\ntext **b *bi*** [l](https://a.example) `c`\n\n- a\n\n  more\n\n  > q\n\n  # h\n\n  | x | y |\n  | --- | --- |\n  | 1 | 2 |\n- ```sh\n  code\n  ```\n\n3. x\n\n> q1\n>\n> ```\n> c\n> ```\n>\n> # h\n\n| a | b |\n| --- | --- |\n| 1 | |\n\n---\n\n```\n```\n\nline\\\nbreak";
        var (document, length) = Adf.Write(markdown);
        var json = JsonSerializer.SerializeToElement(document);
        Assert.Contains("bi", AdfReader.Markdown(json, "description"), StringComparison.Ordinal);
        Assert.True(length > AdfReader.Length(json));
        Assert.Equal(["heading", "paragraph", "bulletList", "orderedList", "blockquote", "table", "rule", "codeBlock", "paragraph"], document["content"]!.AsArray().Select(block => block!["type"]!.GetValue<string>()));
    }
}
