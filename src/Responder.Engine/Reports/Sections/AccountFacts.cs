using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>An account that the alert names or the run found.</summary>
/// <param name="Name">Mail address, else account name.</param>
/// <param name="Account">The account name, with its domain where known.</param>
/// <param name="Person">The person's name.</param>
/// <param name="Title">The job title.</param>
/// <param name="Department">The department.</param>
/// <param name="Manager">The manager's mail address.</param>
/// <param name="Privileged">Groups that give it administrative rights.</param>
public sealed record AccountFacts(
    string Name, string? Account, string? Person, string? Title, string? Department, string? Manager, IReadOnlyList<string> Privileged)
{
    private const int Most = 50;

    internal static IReadOnlyList<AccountFacts> All(RunFacts facts)
    {
        var accounts = new List<AccountFacts>();
        var alert = facts.Trace.Alert;
        foreach (var user in alert["users"].Items.Prepend(alert["user"]))
        {
            Merge(accounts, user["email"].Text, Qualified(user["domain"].Text, user["name"].Text), Fields.None);
        }

        foreach (var step in facts.Trace.Done("identity.find_user", "directory.find_user"))
        {
            Merge(accounts, step.Out["email"].Text ?? step.Out["upn"].Text, step.Out["account"].Text, step.Out);
        }

        return [.. accounts.Take(Most).Select(account => account with { Privileged = Rights(facts, account) })];
    }

    /// <summary>True where a text names this account, by its address or by its account name.</summary>
    internal bool IsNamed(string? text) => text is not null && (Same(text, Name) || Same(Bare(text), Bare(Account)));

    private static void Merge(List<AccountFacts> accounts, string? email, string? account, Fields found)
    {
        if ((email ?? account) is not { } name)
        {
            return;
        }

        var index = accounts.FindIndex(known => Same(known.Name, name) || (account is not null && Same(Bare(known.Account), Bare(account))));
        var before = index < 0 ? new AccountFacts(name, account, null, null, null, null, []) : accounts[index];
        var merged = new AccountFacts(
            before.Name.Contains('@', StringComparison.Ordinal) ? before.Name : name,
            before.Account ?? account,
            found["name"].Text ?? before.Person,
            found["title"].Text ?? before.Title,
            found["department"].Text ?? before.Department,
            found["manager"].Text ?? before.Manager,
            []);
        if (index < 0)
        {
            accounts.Add(merged);
        }
        else
        {
            accounts[index] = merged;
        }
    }

    private static IReadOnlyList<string> Rights(RunFacts facts, AccountFacts account) =>
        [.. facts.Trace.Done("identity.list_groups", "directory.list_groups").Where(step => account.IsNamed(step.In["user"].Text))
            .SelectMany(step => step.Out["privileged"].Texts).Distinct().Take(20)];

    private static string? Qualified(string? domain, string? name) => name is null ? null : domain is null ? name : $@"{domain}\{name}";

    private static string? Bare(string? account) => account?[(account.LastIndexOf('\\') + 1)..];

    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
