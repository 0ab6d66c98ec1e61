using System.Net.Http.Json;
using LibGit2Sharp;
using Microsoft.Extensions.DependencyInjection;
using Responder.Hosting.Catalog;
using Responder.Web.Tests.Bench;
using Repository = LibGit2Sharp.Repository;

namespace Responder.Web.Tests;

/// <summary>Publishing: into git, by a second person, and what is refused.</summary>
public sealed class PublishingTests
{
    private static readonly string Changed = Samples.Waits.Replace("1h", "2h", StringComparison.Ordinal);

    [Fact]
    public async Task Where_the_folder_is_a_repository_it_is_committed_in_the_authors_name_and_nothing_else_is()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits, Samples.Isolate]);
        Repository.Init(bench.PlaybooksFolder);
        using var repository = new Repository(bench.PlaybooksFolder);
        Commands.Stage(repository, "*");
        var somebody = new Signature("Somebody", "somebody@company.com", DateTimeOffset.UnixEpoch);
        repository.Commit("as it was", somebody, somebody);
        var others = Path.Combine(bench.PlaybooksFolder, "isolate", "playbook.yaml");
        await File.AppendAllTextAsync(others, "# staged by somebody who works in the folder\n", WebBench.Cancel);
        Commands.Stage(repository, others);

        await PublishAsync(bench, "aut@company.com");

        var tip = repository.Head.Tip;
        Assert.Equal(("aut@company.com", "aut@company.com", "Responder"), (tip.Author.Name, tip.Author.Email, tip.Committer.Name));
        Assert.StartsWith("waits: two hours\n", tip.Message, StringComparison.Ordinal);
        var parent = Assert.Single(tip.Parents);
        Assert.Equal(["waits/playbook.yaml"], repository.Diff.Compare<TreeChanges>(parent.Tree, tip.Tree).Select(one => one.Path));
        Assert.Equal(Changed, ((Blob)tip["waits/playbook.yaml"].Target).GetContentText());
        Assert.Equal(FileStatus.Unaltered, repository.RetrieveStatus("waits/playbook.yaml"));
        Assert.Equal(FileStatus.ModifiedInIndex, repository.RetrieveStatus("isolate/playbook.yaml"));
    }

    [Fact]
    public async Task The_first_commit_of_a_repository_may_be_one_and_a_file_that_it_ignores_is_not_committed()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        Repository.Init(bench.PlaybooksFolder);
        using var repository = new Repository(bench.PlaybooksFolder);

        await PublishAsync(bench, "aut");
        var first = repository.Head.Tip;
        await File.WriteAllTextAsync(Path.Combine(bench.PlaybooksFolder, ".gitignore"), "waits/\n", WebBench.Cancel);
        await PublishAsync(bench, "aut", Samples.Waits);

        Assert.Equal(("aut", "aut@responder.invalid"), (first.Author.Name, first.Author.Email));
        Assert.Empty(first.Parents);
        Assert.Equal(first, repository.Head.Tip);
    }

    [Fact]
    public async Task Where_it_is_switched_off_or_git_fails_it_is_in_force_all_the_same_and_the_failure_is_said()
    {
        await using var off = await WebBench.StartAsync([Samples.Waits], options => options with { Publishing = new PublishSettings(Git: false) });
        Repository.Init(off.PlaybooksFolder);
        Assert.Null((await PublishAsync(off, "aut")).Warning);
        using (var repository = new Repository(off.PlaybooksFolder))
        {
            Assert.Null(repository.Head.Tip);
        }

        await using var broken = await WebBench.StartAsync([Samples.Waits]);
        Repository.Init(broken.PlaybooksFolder);
        await File.WriteAllTextAsync(Path.Combine(broken.PlaybooksFolder, ".git", "HEAD.lock"), string.Empty, WebBench.Cancel);
        await File.WriteAllTextAsync(Path.Combine(broken.PlaybooksFolder, ".git", "index.lock"), string.Empty, WebBench.Cancel);
        var result = await PublishAsync(broken, "aut");
        Assert.Contains("could not be committed to git", result.Warning, StringComparison.Ordinal);
        Assert.Equal(Changed, broken.App.Services.GetRequiredService<PlaybookCatalog>().Current.Library.Playbooks["waits"].Source);
    }

    [Fact]
    public async Task Where_a_second_person_is_needed_it_is_proposed_and_only_somebody_else_publishes_what_they_saw()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits], options => options with { Publishing = new PublishSettings(SecondPerson: true) });
        var press = bench.App.Services.GetRequiredService<PlaybookPress>();
        var catalog = bench.App.Services.GetRequiredService<PlaybookCatalog>();
        var hash = catalog.Current.Library.Playbooks["waits"].Hash;
        using var order = new HttpRequestMessage(HttpMethod.Put, "/api/playbooks/waits") { Content = JsonContent.Create(new { text = Changed, comment = "two hours" }) };
        order.Headers.TryAddWithoutValidation("If-Match", $"\"{hash}\"");

        Assert.Equal("proposed", (await WebBench.Read(await bench.Api.SendAsync(order, WebBench.Cancel), 202)).GetProperty("status").GetString());

        Assert.Equal(hash, catalog.Current.Library.Playbooks["waits"].Hash);
        var proposal = Assert.Single(await bench.Node.Store.PlaybookTexts.DraftsAsync("waits", WebBench.Cancel));
        Assert.Equal("two hours", proposal.Proposed);
        Assert.Equal(PublishStatus.Invalid, (await press.ApproveAsync(proposal, proposal.By, WebBench.Cancel)).Status);
        Assert.Equal(PublishStatus.Invalid, (await press.ApproveAsync(proposal with { Text = Samples.Waits }, "user:lea", WebBench.Cancel)).Status);
        Assert.Equal(hash, catalog.Current.Library.Playbooks["waits"].Hash);

        Assert.Equal(PublishStatus.Published, (await press.ApproveAsync(proposal, "user:lea", WebBench.Cancel)).Status);

        Assert.Equal(Changed, catalog.Current.Library.Playbooks["waits"].Source);
        var version = Assert.Single((await bench.GetAsync("/api/playbooks/waits/versions")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal((proposal.By, "user:lea"), (version.GetProperty("by").GetString(), version.GetProperty("approved_by").GetString()));
        Assert.Empty(await bench.Node.Store.PlaybookTexts.DraftsAsync(null, WebBench.Cancel));
    }

    [Fact]
    public async Task A_proposal_over_a_version_that_is_no_longer_in_force_is_a_conflict_and_is_kept()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits], options => options with { Publishing = new PublishSettings(SecondPerson: true) });
        var press = bench.App.Services.GetRequiredService<PlaybookPress>();
        var hash = bench.App.Services.GetRequiredService<PlaybookCatalog>().Current.Library.Playbooks["waits"].Hash;
        await press.PublishAsync("waits", Changed, hash, "user:aut", "two hours", WebBench.Cancel);
        await press.PublishAsync("waits", Samples.Waits.Replace("1h", "3h", StringComparison.Ordinal), hash, "user:ben", "three hours", WebBench.Cancel);
        var proposals = await bench.Node.Store.PlaybookTexts.DraftsAsync("waits", WebBench.Cancel);

        Assert.Equal(PublishStatus.Published, (await press.ApproveAsync(proposals.Single(one => one.By == "user:ben"), "user:lea", WebBench.Cancel)).Status);
        Assert.Equal(PublishStatus.Conflict, (await press.ApproveAsync(proposals.Single(one => one.By == "user:aut"), "user:lea", WebBench.Cancel)).Status);

        Assert.Equal("user:aut", Assert.Single(await bench.Node.Store.PlaybookTexts.DraftsAsync("waits", WebBench.Cancel)).By);
        await press.SendBackAsync(proposals.Single(one => one.By == "user:aut"), "user:lea", WebBench.Cancel);
        Assert.Contains((await bench.GetAsync("/api/audit?kind=playbook")).GetProperty("items").EnumerateArray(), item => item.GetProperty("entry").GetProperty("action").GetString() == "sent_back");
        Assert.Null(Assert.Single(await bench.Node.Store.PlaybookTexts.DraftsAsync("waits", WebBench.Cancel)).Proposed);
    }

    private static async Task<PublishResult> PublishAsync(WebBench bench, string name, string? text = null)
    {
        var catalog = bench.App.Services.GetRequiredService<PlaybookCatalog>();
        var result = await bench.App.Services.GetRequiredService<PlaybookPress>()
            .PublishAsync("waits", text ?? Changed, catalog.Current.Library.Playbooks["waits"].Hash, $"user:{name}", "two hours", WebBench.Cancel);
        Assert.Equal(PublishStatus.Published, result.Status);
        return result;
    }
}
