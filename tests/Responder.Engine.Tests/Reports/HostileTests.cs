using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Responder.Engine.Reports;
using Responder.Sdk;

namespace Responder.Engine.Tests.Reports;

/// <summary>Every field of an alert, of the outputs, of comments and errors in turn holds text that wants to be more than text.</summary>
public sealed partial class HostileTests
{
    private static readonly string[] Own = ["https://responder.company.com/runs/r1", "https://jira.company.com/browse/SOC-142"];

    private static readonly MarkdownPipeline Ticket = new MarkdownPipelineBuilder().UseAdvancedExtensions().UseEmojiAndSmiley(enableSmileys: false).Build();

    private static readonly string[] Texts =
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "</code></pre><iframe src=//evil.example.com></iframe>",
        "[click](javascript:alert(1)) ![x](https://evil.example.com/p.png) <https://evil.example.com> https://evil.example.com/a?b=c www.evil.example.com mailto:a@evil.example.com",
        "```\n# Not a heading\n- [x] done\n| a | b |\n|---|---|\n````` ~~~ `code` ``",
        "a{onclick=alert(1) .class #id} ==mark== ++ins++ ^sup^ ~~del~~ $x$ :smile: [^1] *[HTML]: \"\"cite\"\"",
        "\u202Eexe.tnemucod\u202C\u2066\u200B\u200F\uFEFF\u0000\u001b[31m\u0007",
        "1. one\n2) two\r\n> quote\u2028> more\u2029---\n===\n***\n\\\n&lt;b&gt; &#106;avascript:",
        @"C:\temp\staging\|pipe|`tick`\",
        new('A', 10_000),
        string.Concat(Enumerable.Repeat("`<|*\u202E", 2_000)),
        "\uD800 lone \uDFFF",
    ];

    public static TheoryData<string, int> Fields => [.. from place in Leaves(Alert(), "").Append("outputs").Append("comment").Append("error").Append("playbook") from text in Enumerable.Range(0, Texts.Length) select (place, text)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Stays_text(string place, int text)
    {
        var script = place switch
        {
            "outputs" => WithOutputs(Texts[text]),
            "comment" => WithComment(Texts[text]),
            "error" => WithError(Texts[text]),
            "playbook" => new JournalScript("2024-02-28T19:15:36Z").Created(Texts[text], Texts[text], Cases.StagedAlert, startedBy: Texts[text]).Finish(RunStatus.Succeeded, Texts[text], Texts[text]),
            _ => new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", JournalScript.Json(Set(place, Texts[text]))),
        };
        var report = IncidentReport.From(script.Entries, script.Now);
        HoldsInMarkdown(ReportMarkdown.Write(report));
        HoldsInHtml(ReportHtml.Write(report));
        using var json = JsonDocument.Parse(ReportJson.Write(report));
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public void Json_keeps_a_command_line_exact()
    {
        var script = new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", JournalScript.Json(Set("process.cmd_line", Texts[2])));
        var json = JsonNode.Parse(ReportJson.Write(IncidentReport.From(script.Entries, script.Now)))!;
        Assert.Equal(Texts[2], (string?)json["initial_context"]!["process"]!["command_line"]);
    }

    [Fact]
    public void A_hidden_character_is_named_where_it_stood()
    {
        var script = new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", JournalScript.Json(Set("title", "invoice\u202Efdp.exe")));
        Assert.Contains("invoice‹U+202E›fdp.exe", ReportMarkdown.Write(IncidentReport.From(script.Entries, script.Now)), StringComparison.Ordinal);
    }

    private static void HoldsInMarkdown(string text)
    {
        Assert.True(text.Length <= 32_767, $"{text.Length} characters");
        Assert.DoesNotMatch(Hidden(), text);
        var document = Markdown.Parse(text, Ticket);
        Assert.Empty(document.Descendants<HtmlBlock>());
        Assert.Empty(document.Descendants<HtmlInline>());
        Assert.Empty(document.Descendants<AutolinkInline>());
        Assert.All(document.Descendants<LinkInline>(), link => Assert.True(!link.IsImage && Own.Contains(link.Url), link.Url));
        Assert.All(document.Descendants().Where(one => one is not (ListBlock or LinkInline)), one => Assert.True(
            one.TryGetAttributes() is not { } attributes || (attributes.Properties is null or { Count: 0 } && attributes.Classes is null or { Count: 0 }), one.ToString()));
        string[] sections = ["1. Initial context", "2. Technical analysis", "3. Investigation findings", "4. Containment actions", "5. Root cause analysis", "6. Business impact", "7. Remediation and prevention", "8. Conclusion"];
        Assert.Equal(sections, document.Descendants<HeadingBlock>().Where(heading => heading.Level == 2).Select(Plain));
        Assert.Single(document.Descendants<HeadingBlock>(), heading => heading.Level == 1);
        HoldsInside(document);
    }

    // Nothing but the kinds of blocks that a report is made of.
    private static void HoldsInside(MarkdownDocument document)
    {
        string[] blocks = ["HeadingBlock", "ParagraphBlock", "ListBlock", "ListItemBlock", "QuoteBlock", "FencedCodeBlock", "Table", "TableRow", "TableCell", "LinkReferenceDefinitionGroup", "HeadingLinkReferenceDefinition"];
        Assert.All(document.Descendants<Markdig.Syntax.Block>(), block => Assert.Contains(block.GetType().Name, blocks));
        string[] inlines = ["LiteralInline", "EmphasisInline", "CodeInline", "LinkInline", "ContainerInline", "LineBreakInline", "HtmlEntityInline"];
        Assert.All(document.Descendants<Inline>(), inline => Assert.Contains(inline.GetType().Name, inlines));
        Assert.All(document.Descendants<EmphasisInline>(), emphasis => Assert.Contains(emphasis.DelimiterChar, "*_"));
    }

    private static void HoldsInHtml(string html)
    {
        Assert.DoesNotMatch(Hidden(), html);
        string[] tags = ["!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "aside", "h1", "h2", "h3", "p", "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "strong", "em", "a"];
        Assert.All(Tags().Matches(html).Select(match => match.Groups[1].Value), tag => Assert.Contains(tag, tags));
        Assert.All(Links().Matches(html).Select(match => match.Groups[1].Value), address => Assert.Contains(address, Own));
        Assert.Equal(html.Split("<pre>").Length, html.Split("</pre>").Length);
    }

    private static string Plain(HeadingBlock heading) => string.Concat(heading.Inline!.Descendants<LiteralInline>().Select(literal => literal.ToString()));

    private static JournalScript WithOutputs(string text) => new JournalScript("2024-02-28T19:15:36Z").Created("p", "P", Cases.StagedAlert)
        .Act("ticket", "tickets.create", Effect.Record, new { summary = text }, new { key = text, url = text })
        .Act("task", "tickets.create", Effect.Record, new { summary = text, parent = text }, new { key = text + "2", url = text })
        .Read("host", "edr.find_host", new { hostname = text }, new { id = text, hostname = text, os = text, role = text, owner = text, isolation = text }, name: text)
        .Read("process", "edr.get_process", new { host = text, pid = text }, new { chain = text, process = new { image = text, cmd_line = text, user = text, started_at = "2024-02-28T18:00:00Z" }, parents = new[] { new { image = text } }, children = new[] { new { cmd_line = text + "c" } } })
        .Read("search", "siem.search", new { }, new { count = 2, rows = new[] { new { a = text, b = text }, new { a = text, b = text } } }, name: text)
        .Read("parts", "siem.search", new { }, new { count = 2, rows = new[] { new Dictionary<string, object> { [text] = text, ["count"] = 3 } } })
        .Read("list", "edr.list_folder", new { host = text, path = text }, new { path = text, count = 3, bytes = 3, extensions = new[] { text, ".kdbx" }, by_extension = new Dictionary<string, int> { [text] = 1 }, largest = new[] { new { path = text, size = 1 } }, manifest = new { artifact = text } })
        .Read("signs", "identity.list_sign_ins", new { user = text }, new { count = 1, failures = 1, countries = new[] { text }, sign_ins = new[] { new { at = "2024-02-28T18:00:00Z", ip = text, city = text, country = text, app = text, risk = "high" } } })
        .Act("asked", "chat.ask", Effect.Notify, new { to = text, question = new object[] { text, new { value = text } } }, new { answer = text, at = "2024-02-28T18:00:00Z", comment = text, by = text })
        .Act("delete", "edr.delete_folder", Effect.Destroy, new { host = text, path = text }, new { path = text, files = 3, bytes = 3, gone = true })
        .Act("isolate", "edr.isolate_host", Effect.Contain, new { host = text }, new { isolation = text }, targets: new TargetFacts(TargetKind.Host, text, [text], [text]))
        .Act("own", "crowdstrike.run_script", Effect.Destroy, new { host = text, script = text }, new { output = text })
        .Act("scan", "edr.scan", Effect.Record, new { host = text }, new { status = text, threats = new[] { new { path = text, name = text, action = text } } })
        .Act("close", "tickets.close", Effect.Record, new { key = text, resolution = text }, new { key = text });

    private static JournalScript WithComment(string text) => Cases.AtTheGate().Answer("purge", text, "approve", text).Ask("more", text).Answer("more", text, text, text, text);

    private static JournalScript WithError(string text) => Cases.AtTheGate().Answer("purge", "dpark", "approve").Intent("purge")
        .Say(new Journal.AttemptFailed("purge", 1, new Journal.StepError(FailureKind.Unknown, text, text, text)))
        .Say(new Journal.ProbeAnswered("purge", ProbeVerdict.CannotTell, text, null)).Say(new Journal.StepInDoubt("purge", text))
        .Say(new Journal.WarningNoted(null, text)).Say(new Journal.CancelRequested(text, text)).Say(new Journal.RunHeld("purge", text));

    private static JsonObject Alert()
    {
        var alert = JsonNode.Parse(JournalScript.Json(Cases.StagedAlert).GetRawText())!.AsObject();
        alert["url"] = "https://siem.company.com/a/1";
        alert["attack"] = new JsonArray("T1074.001");
        alert["indicators"] = new JsonArray(new JsonObject { ["type"] = "url", ["value"] = "x" }, new JsonObject { ["type"] = "domain", ["value"] = "x" }, new JsonObject { ["type"] = "vendor's own", ["value"] = "x" });
        alert["files"] = new JsonArray(new JsonObject { ["path"] = "x", ["name"] = "x", ["sha256"] = "x" });
        return alert;
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject inside => inside.Where(member => member.Key != "raw").SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray list => list.SelectMany((item, index) => Leaves(item, $"{path}.{index}")),
        _ => [path],
    };

    private static JsonObject Set(string path, string text)
    {
        var alert = Alert();
        JsonNode at = alert;
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            at = int.TryParse(part, out var index) ? at[index]! : at[part]!;
        }

        if (int.TryParse(parts[^1], out var last))
        {
            at[last] = text;
        }
        else
        {
            at[parts[^1]] = text;
        }

        return alert;
    }

    [GeneratedRegex("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")]
    private static partial Regex Hidden();

    [GeneratedRegex("</?([A-Za-z!][A-Za-z0-9]*)")]
    private static partial Regex Tags();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();
}
