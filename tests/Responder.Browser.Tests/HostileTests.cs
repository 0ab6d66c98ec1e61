using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>Everything in an alert was written by an attacker. Every field of it is put onto every page that shows it.</summary>
public sealed class HostileTests
{
    /// <summary>Markup, script, an end of each thing that a text stands in, bidirectional marks, a letter of no width, letters that are written from right to left, and 10,000 more.</summary>
    private static readonly string Hostile =
        "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script><b class=hostile>bold</b></title></textarea></pre></script>\"'`{{7*7}}${{ 7*7 }}@(7*7)[a](javascript:window.pwned=1)"
        + "\u202Egnp.exe\u2066\u2069\u200B\u0007 \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 " + new string('A', 10_000);

    private const string Template = """
        {
          "source_id": "a", "title": "a", "summary": "a", "url": "https://edr.example/1", "time": "2024-02-28T19:15:33Z", "severity_score": 85, "attack": ["T1074.001"], "status": "a", "category": "a",
          "device": { "hostname": "a", "id": "a", "ip": "a", "os": "a" },
          "user": { "email": "a", "name": "a", "sid": "a", "domain": "a" },
          "process": { "pid": 7, "image": "a", "cmd_line": "a", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "parent": { "image": "a", "cmd_line": "a", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" } },
          "file": { "path": "a", "name": "a", "parent_folder": "a", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
          "devices": [{ "hostname": "a", "id": "a", "ip": "a", "os": "a" }], "users": [{ "email": "a", "name": "a", "sid": "a", "domain": "a" }],
          "files": [{ "path": "a", "name": "a", "parent_folder": "a", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }], "indicators": [{ "type": "a", "value": "a" }],
          "of_the_vendor": { "a": ["a"] }
        }
        """;

    private const string Echo = """
        id: echo
        name: Put an alert everywhere
        on: { alert: { when: "true" }, manual: true }
        inputs:
          title: { type: string, default: "${{ alert.title }}" }
          whole: { type: object, required: false, default: "${{ alert }}" }
        vars: { everything: null }
        steps:
          - set: { everything: "${{ alert }}" }
          - id: ticket
            uses: tickets.create
            with: { project: SOC, type: Incident, summary: "${{ alert.title }}", description: "${{ alert.summary }}" }
            on_error: continue
          - id: host
            uses: edr.find_host
            with: { hostname: "ENG-WS-045" }
          - id: isolate
            uses: edr.isolate_host
            with: { host: "${{ steps.host.id }}", note: "${{ alert.process.cmd_line }}" }
            approval:
              title: "Isolate ${{ alert.device.hostname ?? '' }} of ${{ alert.user.email ?? alert.user.name ?? '' }}: ${{ alert.title }}?"
              roles: [analyst]
              fields: { note: { type: string, required: false, default: "${{ alert.summary }}" } }
              evidence: [alert, alert.raw, alert.title]
              timeout: 1h
          - stop: { outcome: done, reason: "${{ alert.summary }}" }
        """;

    private static readonly string[] Fields = [.. Leaves(JsonNode.Parse(Template)!, [])];

    // Whatever is no time, number, technique or hash is refused at the door, and shown nowhere.
    private static readonly string[] Free = [.. Fields.Where(field => !field.EndsWith("sha256", StringComparison.Ordinal) && field is not ("time" or "severity_score" or "attack/0" or "process/pid"))];

    [Fact]
    public async Task Each_field_is_shown_harmlessly_on_the_alerts_own_page_and_in_the_lists()
    {
        await using var bench = await PagesBench.StartAsync([Echo]);
        var page = await bench.SignInAsync("ana", "analyst");
        Assert.True(Fields.Length > 40, $"{Fields.Length}");
        foreach (var field in Fields.Except(Free))
        {
            await DeliverAsync(bench, 422, field);
        }

        foreach (var field in Free)
        {
            var alert = await DeliverAsync(bench, 202, field);
            await page.GotoAsync(bench.Url($"/alerts/{alert.GetProperty("alert_id").GetString()}"));
            await page.GetByRole(AriaRole.Heading, new() { Name = "As it was received" }).WaitForAsync();
            await AssertHarmlessAsync(page, field);
            Assert.Contains("gnp.exe", await page.Locator("pre").Last.InnerTextAsync(), StringComparison.Ordinal);
        }

        await page.GotoAsync(bench.Url("/alerts"));
        await page.Locator("tbody tr").Nth(Free.Length - 1).WaitForAsync();
        await AssertHarmlessAsync(page, "/alerts");
        bench.AssertClean();
    }

    [Fact]
    public async Task All_of_them_at_once_are_shown_harmlessly_on_every_page_of_the_run_that_they_start()
    {
        await using var bench = await PagesBench.StartAsync([Echo]);
        var page = await bench.SignInAsync("ada", "admin");
        var taken = await DeliverAsync(bench, 202, Free);
        Assert.True(taken.GetProperty("runs").GetArrayLength() == 1, taken.GetRawText() + string.Join('\n', bench.Web.Logs.Where(line => line.StartsWith("Warn", StringComparison.Ordinal))));
        var (alert, run) = (taken.GetProperty("alert_id").GetString()!, taken.GetProperty("runs")[0].GetProperty("run_id").GetString()!);
        Assert.True(await bench.Web.UntilAsync(run, RunStatus.Waiting) == RunStatus.Waiting, (await bench.Web.Node.Store.Queries.FindAsync(run, WebBench.Cancel))!.Reason);
        foreach (var (path, wanted) in new[] { ("/", "table"), ("/alerts", "table"), ($"/alerts/{alert}", "pre"), ("/runs", "table"), ("/approvals", ".approval"), ("/playbooks", "table"), ("/connectors", ".sheet") })
        {
            await page.GotoAsync(bench.Url(path));
            await page.Locator(wanted).First.WaitForAsync();
            await OpenAllAsync(page);
            await AssertHarmlessAsync(page, path);
        }

        await page.GotoAsync(bench.Url("/playbooks/echo"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Plan" }).ClickAsync();
        await page.GetByLabel("On a past alert").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "What it would do" }).WaitForAsync();
        await OpenAllAsync(page);
        await AssertHarmlessAsync(page, "the plan");

        await page.GotoAsync(bench.Url("/approvals"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await page.GetByText("It is decided").WaitForAsync();
        await AssertHarmlessAsync(page, "what was decided");
        Assert.Equal(RunStatus.Succeeded, await bench.Web.UntilAsync(run, RunStatus.Succeeded));
        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.Locator(".graph svg").WaitForAsync();
        await AssertHarmlessAsync(page, "the picture");
        foreach (var tab in new[] { "Time line", "Journal", "Report" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await page.Locator(tab switch { "Report" => ".report h1, .report h2", "Journal" => "table tbody tr", _ => "details.step" }).First.WaitForAsync();
            await OpenAllAsync(page);
            await AssertHarmlessAsync(page, tab, ours: tab != "Report");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Start it again" }).ClickAsync();
        await page.GetByLabel("title").WaitForAsync();
        await AssertHarmlessAsync(page, "the form", ours: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByText("edr.release_host").WaitForAsync();
        await AssertHarmlessAsync(page, "the undo", ours: false);
        await page.GotoAsync(bench.Url("/connectors"));
        await page.GetByText("ENG-WS-045").First.WaitForAsync();
        await AssertHarmlessAsync(page, "containment");

        var report = await page.APIRequest.GetAsync(bench.Url($"/runs/{run}/report.html"));
        var html = await report.TextAsync();
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
        bench.AssertClean();
    }

    private static async Task<System.Text.Json.JsonElement> DeliverAsync(PagesBench bench, int status, params string[] fields)
    {
        var alert = JsonNode.Parse(Template)!;
        foreach (var field in fields)
        {
            Set(alert, field.Split('/'));
        }

        if (!fields.Contains("source_id"))
        {
            alert["source_id"] = string.Join(' ', fields);
        }

        alert["<i class=hostile>" + Hostile[..400]] = "a name that nobody expects";
        using var body = new StringContent(alert.ToJsonString(), Encoding.UTF8, "application/json");
        return (await WebBench.Read(await bench.Web.Api.PostAsync(new Uri("/api/alerts/generic", UriKind.Relative), body, WebBench.Cancel), status)) is var answer && status == 202 ? answer.GetProperty("results")[0] : default;
    }

    private static IEnumerable<string> Leaves(JsonNode node, string[] above) => node switch
    {
        JsonObject map => map.SelectMany(one => Leaves(one.Value!, [.. above, one.Key])),
        JsonArray list => list.SelectMany((one, index) => Leaves(one!, [.. above, index.ToString(System.Globalization.CultureInfo.InvariantCulture)])),
        _ => [string.Join('/', above)],
    };

    private static void Set(JsonNode at, string[] path)
    {
        foreach (var part in path[..^1])
        {
            at = at is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : at[part]!;
        }

        if (at is JsonArray last)
        {
            last[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = Hostile;
        }
        else
        {
            at[path[^1]] = Hostile;
        }
    }

    private static async Task OpenAllAsync(IPage page)
    {
        var closed = page.Locator("main details:not([open]) > summary");
        while (await closed.CountAsync() > 0)
        {
            await closed.First.ClickAsync();
        }
    }

    /// <summary>Nothing ran, no element was put in, nothing hides or turns round, nothing fills the page. The report is made by its own writer: there only marks are looked for, not ours round each value.</summary>
    private static async Task AssertHarmlessAsync(IPage page, string where, bool ours = true)
    {
        var wrong = await page.EvaluateAsync<string>(
            """
            ours => {
              if ("pwned" in window) { return "a script ran"; }
              if (document.querySelector("img[src='x'], .hostile, main script, main iframe, main a[href^='javascript']")) { return "an element was put in"; }
              if ([...document.scripts].some(one => !one.src.startsWith(location.origin))) { return "a script was put in"; }
              if (document.documentElement.scrollWidth > innerWidth + 1) { return `the page is ${document.documentElement.scrollWidth} wide`; }
              const harmless = text => !/[\u0007\u200B\u200E\u200F\u202A-\u202E\u2066\u2067]/.test(text)
                && (!ours || !/[\u0590-\u08FF]/.test(text.replace(/\u2068[^\u2068\u2069]*\u2069/g, "")));
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (node.parentElement.closest(".monaco-editor")) { continue; }
                if (!harmless(node.data)) { return `something hides or turns round in: ${node.parentElement.outerHTML.slice(0, 300)}`; }
                if (node.data.length > 20100) { return `${node.data.length} characters in one place`; }
              }
              for (const one of document.querySelectorAll("main *, title, nav *")) {
                for (const attribute of one.attributes) {
                  if (!harmless(attribute.value)) { return `something hides in ${attribute.name} of ${one.outerHTML.slice(0, 300)}`; }
                }
              }
              return null;
            }
            """,
            ours);
        Assert.True(wrong is null, $"{where}: {wrong}");
    }
}
