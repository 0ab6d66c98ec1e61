using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports;

/// <summary>Gathers indicators from the alert and from what the run read.</summary>
internal static class IndicatorFinder
{
    public static IReadOnlyList<Indicator> All(RunFacts facts, InitialContext context, TechnicalAnalysis analysis) =>
        [.. Files(facts, context, analysis)
            .Concat(analysis.Commands.Select(command => new Indicator(IndicatorKind.Command, command, null)))
            .Concat(Hashes(facts, context))
            .Concat(context.Hosts.Select(host => new Indicator(IndicatorKind.Host, host.Name, Note(host.Role, host.Ip))))
            .Concat(SignInAddresses(analysis))
            .Concat(Named(facts.Trace.Alert))
            .Concat(context.Accounts.Select(account => new Indicator(IndicatorKind.Account, account.Name, account.Person)))
            .DistinctBy(indicator => (indicator.Kind, indicator.Value)).OrderBy(indicator => indicator.Kind)];

    private static IEnumerable<Indicator> Files(RunFacts facts, InitialContext context, TechnicalAnalysis analysis)
    {
        foreach (var folder in analysis.Folders)
        {
            yield return new Indicator(IndicatorKind.File, folder.Path, Note(Amounts.Files(folder.Files, folder.Bytes), folder.Host));
        }

        if (context.Path is { } path && !analysis.Folders.Any(folder => FolderFacts.Same(folder.Path, path)))
        {
            yield return new Indicator(IndicatorKind.File, path, Amounts.Files(context.Files, context.Bytes));
        }

        var alert = facts.Trace.Alert;
        foreach (var file in alert["files"].Items.Prepend(alert["file"]))
        {
            if (file["path"].Text is { } name)
            {
                yield return new Indicator(IndicatorKind.File, name, file["size"].Whole is { } size ? Amounts.Bytes(size) : null);
            }
        }

        foreach (var threat in facts.Trace.Done("edr.scan").SelectMany(step => step.Out["threats"].Items))
        {
            if (threat["path"].Text is { } found)
            {
                yield return new Indicator(IndicatorKind.File, found, Note(threat["name"].Text, threat["action"].Text));
            }
        }
    }

    private static IEnumerable<Indicator> Hashes(RunFacts facts, InitialContext context)
    {
        var alert = facts.Trace.Alert;
        var files = alert["files"].Items.Prepend(alert["file"]).Select(file => (Hash: file["sha256"].Text, Of: file["name"].Text ?? file["path"].Text));
        var collected = facts.Trace.Done("edr.collect_file").Select(step => (Hash: step.Out["sha256"].Text, Of: step.In["path"].Text));
        foreach (var (hash, of) in files.Append((context.Process?.Sha256, context.Process?.Image)).Concat(collected))
        {
            if (hash is not null)
            {
                yield return new Indicator(IndicatorKind.Hash, hash, of);
            }
        }
    }

    private static IEnumerable<Indicator> SignInAddresses(TechnicalAnalysis analysis) =>
        analysis.SignIns.SelectMany(account => account.Notable).Where(signIn => signIn.Ip is not null)
            .Select(signIn => new Indicator(IndicatorKind.Address, signIn.Ip!, "notable sign-in"));

    private static IEnumerable<Indicator> Named(Fields alert) =>
        from indicator in alert["indicators"].Items
        let value = indicator["value"].Text
        where value is not null
        select new Indicator(KindOf(indicator["type"].Text), value, indicator["suspicious"].Truth == true ? "suspicious, says the alert" : null);

    private static IndicatorKind KindOf(string? type) => type?.ToLowerInvariant().Replace('-', '_') switch
    {
        "ip" or "ipv4" or "ipv6" or "ip_address" or "ipv4_addr" or "ipv6_addr" => IndicatorKind.Address,
        "domain" or "domain_name" or "fqdn" => IndicatorKind.Domain,
        "url" or "uri" => IndicatorKind.Url,
        "email" or "mail" or "email_address" or "email_addr" or "sender" => IndicatorKind.Mail,
        "hash" or "md5" or "sha1" or "sha256" or "file_hash" => IndicatorKind.Hash,
        "file" or "path" or "filename" or "file_name" or "file_path" => IndicatorKind.File,
        "host" or "hostname" or "device" => IndicatorKind.Host,
        "user" or "account" or "username" or "user_name" => IndicatorKind.Account,
        "command" or "cmd_line" or "command_line" or "process" => IndicatorKind.Command,
        _ => IndicatorKind.Other,
    };

    private static string? Note(params string?[] parts) => string.Join(", ", parts.OfType<string>()) is { Length: > 0 } note ? note : null;
}
