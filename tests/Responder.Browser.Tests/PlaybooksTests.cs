using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>Playbooks are written at the pages.</summary>
public sealed class PlaybooksTests
{
    [Fact]
    public async Task A_playbook_is_edited_with_an_error_corrected_planned_and_published_and_a_run_under_way_keeps_its_own()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var old = await bench.DeliverAsync();
        await bench.Web.UntilAsync(old, RunStatus.Waiting);
        var page = await bench.SignInAsync("aut", "author");
        await page.GetByRole(AriaRole.Link, new() { Name = "Playbooks" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Isolate a host" }).ClickAsync();
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.Locator(".graph [data-place='steps[1]']").WaitForAsync();

        await SetAsync(page, Samples.Isolate.Replace("edr.isolate_host", "edr.isolate_hosts", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Problems" }).ClickAsync();
        var line = Samples.Isolate.Split('\n').ToList().FindIndex(one => one.Contains("edr.isolate_host", StringComparison.Ordinal)) + 1;
        await page.GetByRole(AriaRole.Button, new() { Name = $"{line}:" }).First.WaitForAsync();
        await page.WaitForFunctionAsync("line => monaco.editor.getModelMarkers({}).some(one => one.startLineNumber === line && one.message.includes('edr.isolate_hosts'))", line);
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).IsDisabledAsync());

        var changed = Samples.Isolate.Replace("note: test", "note: by the new version", StringComparison.Ordinal);
        await SetAsync(page, changed);
        await page.GetByText("nothing is wrong").First.WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Plan" }).ClickAsync();
        await page.GetByLabel("On a past alert").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "What it would do" }).GetByText("edr.isolate_host").First.WaitForAsync();
        await page.GetByLabel("Why it is changed").FillAsync("a better note");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByText("It is in force for new runs.").WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        await page.GetByText("a better note").WaitForAsync();
        Assert.Equal(changed, await File.ReadAllTextAsync(Path.Combine(bench.Web.PlaybooksFolder, "isolate", "playbook.yaml"), WebBench.Cancel));

        var fresh = await bench.DeliverAsync(Alerts.Staged("a-2", "FIN-WS-012"));
        Assert.Contains("by the new version", (await bench.Web.ApprovalAsync(fresh)).GetRawText(), StringComparison.Ordinal);
        var gate = await bench.Web.ApprovalAsync(old);
        Assert.Contains("\"note\":\"test\"", gate.GetRawText(), StringComparison.Ordinal);
        await WebBench.Read(await bench.Web.PostAsync($"/api/approvals/{gate.GetProperty("id").GetString()}", new { choice = "approve", hash = gate.GetProperty("gate").GetProperty("hash").GetString() }), 200);
        Assert.Equal(RunStatus.Succeeded, await bench.Web.UntilAsync(old, RunStatus.Succeeded));
        bench.AssertClean();
    }

    [Fact]
    public async Task Who_publishes_second_is_shown_the_difference_and_loses_nothing()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await SetAsync(page, Samples.Isolate.Replace("note: test", "note: mine", StringComparison.Ordinal));

        var tag = $"\"{(await bench.Web.GetAsync("/api/playbooks/isolate")).GetProperty("playbook").GetProperty("hash").GetString()}\"";
        using var order = new HttpRequestMessage(HttpMethod.Put, "/api/playbooks/isolate") { Content = System.Net.Http.Json.JsonContent.Create(new { text = Samples.Isolate.Replace("note: test", "note: theirs", StringComparison.Ordinal), comment = "meanwhile" }) };
        order.Headers.TryAddWithoutValidation("If-Match", tag);
        await WebBench.Read(await bench.Web.Api.SendAsync(order, WebBench.Cancel), 200);

        await page.GetByLabel("Why it is changed").FillAsync("mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Somebody published another version" }).First.WaitForAsync();
        await page.Locator(".monaco-diff-editor").WaitForAsync();
        await page.EvaluateAsync("text => monaco.editor.getDiffEditors()[0].getModifiedEditor().setValue(text)", Samples.Isolate.Replace("note: test", "note: theirs and mine", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "I took it over" }).ClickAsync();
        await page.GetByLabel("Why it is changed").FillAsync("both");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByText("It is in force for new runs.").WaitForAsync();
        Assert.Equal(2, (await bench.Web.GetAsync("/api/playbooks/isolate/versions")).GetProperty("items").GetArrayLength());
        Assert.Contains("theirs and mine", (await bench.Web.GetAsync("/api/playbooks/isolate")).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_analyst_plans_a_playbook_and_can_not_publish()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        await bench.DeliverAsync();
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).CountAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Plan" }).ClickAsync();
        await page.GetByLabel("On a past alert").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await page.GetByText("edr.isolate_host").First.WaitForAsync();
        using var analyst = await bench.Web.ClientOf("role:analyst");
        using var order = await analyst.PutAsync(new Uri("/api/playbooks/isolate", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { text = "x" }), WebBench.Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, order.StatusCode);
    }

    [Fact]
    public async Task A_new_playbook_is_begun_its_draft_is_kept_and_it_is_published_and_taken_back_to_an_older_version()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks"));
        await page.GetByLabel("A new playbook's id").FillAsync("look-at-a-host");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write a new playbook" }).ClickAsync();
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.GetByText("nothing is wrong").First.WaitForAsync();
        var first = await TextAsync(page);
        var second = first.Replace("What it does, and when.", "Looks at a host.", StringComparison.Ordinal);
        await SetAsync(page, second);
        await page.GetByText("Draft kept").WaitForAsync();
        await page.GotoAsync(bench.Url("/playbooks"));
        await page.GetByText("is a draft of yours; it was never published.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "look-at-a-host" }).ClickAsync();
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        Assert.Equal(second, await TextAsync(page));

        foreach (var (text, comment) in new[] { (second, "it is new"), (second.Replace("Looks at", "Looks hard at", StringComparison.Ordinal), "it looks harder") })
        {
            await SetAsync(page, text);
            await page.GetByLabel("Why it is changed").FillAsync(comment);
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
            await page.GetByText("a draft; not in force").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
            await page.GetByText(comment).WaitForAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Go back to this text" }).ClickAsync();
        await page.GetByText("a draft; not in force").WaitForAsync();
        await page.GetByLabel("Why it is changed").FillAsync("too hard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByText("Version 3").WaitForAsync();
        Assert.Equal(second, (await bench.Web.GetAsync("/api/playbooks/look-at-a-host")).GetProperty("text").GetString());
        bench.AssertClean();
    }

    [Fact]
    public async Task The_editor_proposes_actions_and_their_fields_and_says_what_a_word_is()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await SuggestAsync(page, Samples.Isolate + "  - id: more\n    uses: edr.rel");
        await page.Locator(".suggest-widget").GetByText("edr.release_host").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await SuggestAsync(page, Samples.Isolate + "  - id: more\n    uses: edr.release_host\n    with:\n      ");
        await page.Locator(".suggest-widget").GetByText("host", new() { Exact = true }).First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await SuggestAsync(page, Samples.Isolate + "  - id: more\n    us");
        await page.Locator(".suggest-widget").GetByText("uses", new() { Exact = true }).First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");

        await SetAsync(page, Samples.Isolate);
        var line = Array.FindIndex(Samples.Isolate.Split('\n'), one => one.Contains("edr.isolate_host", StringComparison.Ordinal)) + 1;
        await page.EvaluateAsync("line => { const editor = monaco.editor.getEditors()[0]; editor.setPosition({ lineNumber: line, column: 16 }); editor.focus(); editor.trigger('test', 'editor.action.showHover'); }", line);
        await page.Locator(".monaco-hover").GetByText("Undone by").First.WaitForAsync();
        bench.AssertClean();
    }

    [Fact]
    public async Task The_cursor_and_the_picture_go_together()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".graph [data-place='steps[1]']").WaitForAsync();
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.Locator(".graph [data-place='steps[1]']").ClickAsync();
        var line = Array.FindIndex(Samples.Isolate.Split('\n'), one => one.Contains("- id: isolate", StringComparison.Ordinal)) + 1;
        await page.WaitForFunctionAsync("line => monaco.editor.getEditors()[0].getPosition().lineNumber === line", line);
        await page.EvaluateAsync("line => monaco.editor.getEditors()[0].setPosition({ lineNumber: line, column: 1 })", line - 2);
        await page.Locator(".graph .picked[data-place='steps[0]']").WaitForAsync();
    }

    [Fact]
    public async Task The_tests_beside_a_playbook_run_in_place_on_the_text_as_it_is_written()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var tests = Directory.CreateDirectory(Path.Combine(bench.Web.PlaybooksFolder, "isolate", "tests"));
        await File.WriteAllTextAsync(Path.Combine(tests.FullName, "isolate.yaml"), """
            about: Approved, the host is isolated.
            inputs: { hostname: ENG-WS-045 }
            answers: { isolate: approve }
            expect:
              status: succeeded
              effects: { edr.isolate_host: 1 }
            """, WebBench.Cancel);
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Tests" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run the tests on this text" }).ClickAsync();
        await page.GetByText("1 passed, 0 failed").WaitForAsync();
        await SetAsync(page, Samples.Isolate.Replace("uses: edr.isolate_host", "uses: edr.release_host", StringComparison.Ordinal).Replace(", note: test", "", StringComparison.Ordinal));
        await page.GetByText("a draft; not in force").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run the tests on this text" }).ClickAsync();
        await page.GetByText("0 passed, 1 failed").WaitForAsync();
        bench.AssertClean();
    }

    [Fact]
    public async Task Where_a_second_person_is_needed_one_proposes_and_another_publishes()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { Publishing = new Hosting.Catalog.PublishSettings(SecondPerson: true) });
        var writer = await bench.SignInAsync("aut", "author");
        await writer.GotoAsync(bench.Url("/playbooks/isolate"));
        await writer.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await SetAsync(writer, Samples.Isolate.Replace("note: test", "note: proposed", StringComparison.Ordinal));
        await writer.GetByText("a draft; not in force").WaitForAsync();
        await writer.GetByLabel("Why it is changed").FillAsync("a better note");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Propose" }).ClickAsync();
        await writer.GetByText("You proposed this; it waits for a second person.").WaitForAsync();
        Assert.Equal(0, await writer.GetByRole(AriaRole.Button, new() { Name = "Publish it" }).CountAsync());

        var second = await bench.SignInAsync("bea", "author");
        await second.GotoAsync(bench.Url("/playbooks"));
        await second.GetByText("waits for a second person: user:aut").WaitForAsync();
        await second.GotoAsync(bench.Url("/playbooks/isolate"));
        await second.GetByText("wants to publish this").WaitForAsync();
        await second.Locator(".monaco-diff-editor").WaitForAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Publish it" }).ClickAsync();
        await second.GetByText("It is in force for new runs.").WaitForAsync();
        var version = Assert.Single((await bench.Web.GetAsync("/api/playbooks/isolate/versions")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(("user:aut", "user:bea"), (version.GetProperty("by").GetString(), version.GetProperty("approved_by").GetString()));
    }

    [Fact]
    public async Task A_broken_edit_on_the_disk_is_told_with_its_place_and_takes_the_good_one_not_away()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        bench.Web.Write(Samples.Isolate.Replace("edr.isolate_host", "edr.isolate_hosts", StringComparison.Ordinal));
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Hosting.Catalog.PlaybookCatalog>(bench.Web.App.Services).Refresh();
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks"));
        await page.GetByText("It stays in force as it was when it last had no error.").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Isolate a host" }).ClickAsync();
        await page.GetByText("The file was changed on the disk and has errors.").WaitForAsync();
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        Assert.Equal(Samples.Isolate, await TextAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Put the file's text into the editor" }).ClickAsync();
        await page.GetByText("to look at").WaitForAsync();
        Assert.Contains("edr.isolate_hosts", await TextAsync(page), StringComparison.Ordinal);
    }

    private static Task<string> TextAsync(IPage page) => page.EvaluateAsync<string>("monaco.editor.getEditors()[0].getValue()");

    private static async Task SuggestAsync(IPage page, string text) => await page.EvaluateAsync(
        """
        text => {
          const editor = monaco.editor.getEditors()[0];
          editor.setValue(text);
          editor.setPosition(editor.getModel().getPositionAt(text.length));
          editor.focus();
          editor.trigger('test', 'editor.action.triggerSuggest');
        }
        """,
        text);

    private static async Task SetAsync(IPage page, string text) => await page.EvaluateAsync("text => monaco.editor.getEditors()[0].setValue(text)", text);
}
