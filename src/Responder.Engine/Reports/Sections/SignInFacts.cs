using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>An account's sign-ins.</summary>
/// <param name="Account">The account.</param>
/// <param name="Count">How many.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="Countries">From which countries.</param>
/// <param name="Notable">Those that the vendor calls risky, newest first; where it calls none so and there are several countries, the newest of each.</param>
/// <param name="Omitted">How many notable ones are left out.</param>
/// <param name="HasMfa">Whether a second factor is set up, where the run asked.</param>
public sealed record SignInFacts(
    string Account, long? Count, long? Failures, IReadOnlyList<string> Countries, IReadOnlyList<SignInFact> Notable, int Omitted, bool? HasMfa)
{
    private const int Most = 10;
    private const int MostNotable = 8;

    internal static bool IsNotable(Fields signIn) => signIn["risk"].Text is "medium" or "high";

    internal static string Describe(Fields signIn)
    {
        string?[] parts =
        [
            signIn["success"].Truth == false ? "failed" : "succeeded",
            signIn["ip"].Text is { } ip ? $"from {ip}" : null,
            Place(signIn),
            signIn["app"].Text is { } app ? $"to {app}" : null,
            signIn["mfa"].Truth == false ? "no second factor" : null,
            signIn["risk"].Text is { } risk and not "none" ? $"risk {risk}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    internal static IReadOnlyList<SignInFacts> All(RunFacts facts)
    {
        var asked = facts.Trace.Done("identity.list_sign_ins").ToList();
        var factors = facts.Trace.Done("identity.list_mfa_methods").ToList();
        return [.. asked.Concat(factors).Select(step => step.In["user"].Text ?? "the account").Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)
            .Select(account => Of(account, asked.FirstOrDefault(step => IsFor(step, account)), factors.FirstOrDefault(step => IsFor(step, account))))];
    }

    private static SignInFacts Of(string account, StepTrace? listed, StepTrace? factors)
    {
        var result = listed?.Out ?? Fields.None;
        var all = result["sign_ins"].Items.ToList();
        var notable = all.Where(IsNotable).ToList();
        if (notable.Count == 0 && all.Select(one => one["country"].Text).Distinct().Count() > 1)
        {
            notable = [.. all.DistinctBy(one => one["country"].Text)];
        }

        return new SignInFacts(
            account,
            result["count"].Whole,
            result["failures"].Whole,
            [.. result["countries"].Texts.Take(30)],
            [.. notable.Take(MostNotable).Select(one => new SignInFact(one["at"].Time, one["ip"].Text, Describe(one)))],
            Math.Max(0, notable.Count - MostNotable),
            factors?.Out["has_mfa"].Truth);
    }

    private static bool IsFor(StepTrace step, string account) => string.Equals(step.In["user"].Text ?? "the account", account, StringComparison.OrdinalIgnoreCase);

    private static string? Place(Fields signIn) => (signIn["city"].Text, signIn["country"].Text) switch
    {
        (null, null) => null,
        ({ } city, { } country) => $"{city}, {country}",
        var (city, country) => city ?? country,
    };
}

/// <summary>One sign-in.</summary>
/// <param name="At">When.</param>
/// <param name="Ip">From which address.</param>
/// <param name="Text">The rest: place, application, second factor, risk.</param>
public sealed record SignInFact(DateTimeOffset? At, string? Ip, string Text);
