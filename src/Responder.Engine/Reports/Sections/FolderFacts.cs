using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports;

/// <summary>A folder as the run listed it, before anything in it was deleted.</summary>
/// <param name="Path">The folder, as the host resolved it.</param>
/// <param name="Host">On which host.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="OldestAt">The earliest creation.</param>
/// <param name="NewestAt">The latest creation.</param>
/// <param name="Parts">The same files counted by type, by source or whatever else the connector tells.</param>
/// <param name="Largest">The largest files.</param>
/// <param name="Sensitive">Types among them that hold secrets: <c>.kdbx: password vault, 1 file</c>.</param>
/// <param name="Manifest">The whole list, as an artifact of the run.</param>
/// <param name="Agreement">Whether the alert, the listing and a later deletion count the same number of files; null where there is nothing to compare.</param>
public sealed record FolderFacts(
    string Path, string? Host, long? Files, long? Bytes, DateTimeOffset? OldestAt, DateTimeOffset? NewestAt, IReadOnlyList<Breakdown> Parts,
    IReadOnlyList<FileFact> Largest, IReadOnlyList<string> Sensitive, string? Manifest, string? Agreement)
{
    private const int Most = 10;

    private static readonly Dictionary<string, string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        [".kdbx"] = "password vault", [".kdb"] = "password vault", [".psafe3"] = "password vault", [".1pux"] = "password vault",
        [".pfx"] = "certificate with its private key", [".p12"] = "certificate with its private key", [".pem"] = "keys or certificates", [".key"] = "private key",
        [".ppk"] = "private key", [".ovpn"] = "VPN profile", [".rdp"] = "saved remote desktop connection", [".jks"] = "key store", [".env"] = "settings with secrets",
    };

    internal static IReadOnlyList<FolderFacts> All(RunFacts facts)
    {
        var deleted = facts.Trace.Done("edr.delete_folder").ToList();
        return [.. facts.Trace.Done("edr.list_folder")
            .Where(step => !deleted.Any(gone => gone.EndedAt < step.StartedAt && Same(PathOf(gone), PathOf(step))))
            .Reverse().DistinctBy(step => (step.In["host"].Text, PathOf(step).ToUpperInvariant())).Reverse()
            .Select(step => Of(facts, step, deleted.FirstOrDefault(gone => Same(PathOf(gone), PathOf(step)))))
            .Take(Most)];
    }

    internal static bool Same(string one, string other) => string.Equals(one.TrimEnd('\\'), other.TrimEnd('\\'), StringComparison.OrdinalIgnoreCase);

    internal static string PathOf(StepTrace step) => step.Out["path"].Text ?? step.In["path"].Text ?? "a folder";

    private static FolderFacts Of(RunFacts facts, StepTrace step, StepTrace? deletion)
    {
        var list = step.Out;
        var host = step.In["host"].Text;
        var byType = list["by_extension"];
        return new FolderFacts(
            PathOf(step),
            host is null ? null : facts.HostNames.GetValueOrDefault(host, host),
            list["count"].Whole,
            list["bytes"].Whole,
            list["oldest_at"].Time,
            list["newest_at"].Time,
            Breakdown.AllOf(list),
            [.. list["largest"].Items.Where(file => file["path"].Text is not null)
                .Select(file => new FileFact(file["path"].Text!, file["size"].Whole, file["sha256"].Text)).Take(10)],
            [.. list["extensions"].Texts.Where(Secrets.ContainsKey).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(type => $"{type}: {Secrets[type]}{(byType[type].Whole is { } count ? $", {Amounts.Count(count, "file")}" : "")}")],
            list["manifest"]["artifact"].Text,
            AgreementOf(facts, list["count"].Whole, deletion, PathOf(step)));
    }

    private static string? AgreementOf(RunFacts facts, long? listed, StepTrace? deletion, string path)
    {
        var alert = facts.Trace.Alert;
        var named = alert["file"]["parent_folder"].Text is { } folder && Same(folder, path);
        (string Who, long? Count)[] all = [("alert", named ? alert["counts"]["files"].Whole : null), ("listing", listed), ("deletion", deletion?.Out["files"].Whole)];
        var known = all.Where(pair => pair.Count is not null).ToList();
        if (known.Count < 2)
        {
            return null;
        }

        var figures = string.Join(", ", known.Select(pair => $"{pair.Who} {Amounts.Count(pair.Count!.Value)}"));
        return known.Select(pair => pair.Count).Distinct().Count() == 1 ? $"The counts of files agree ({figures})." : $"The counts of files differ ({figures}).";
    }
}

/// <summary>One file.</summary>
/// <param name="Path">Its path below the folder.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Its hash, where it was read.</param>
public sealed record FileFact(string Path, long? Size, string? Sha256);
