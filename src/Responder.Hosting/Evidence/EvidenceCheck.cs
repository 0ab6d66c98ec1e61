using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Playbooks;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Hosting.Evidence;

/// <summary>What a check of a pack came to.</summary>
/// <param name="Ok">True where nothing is wrong.</param>
/// <param name="Manifest">What the pack says it is; null where that can't be read.</param>
/// <param name="Fingerprint">Of the key that signed it; null where the signature does not fit.</param>
/// <param name="Trusted">True where that key is the one that was given; null where none was.</param>
/// <param name="Problems">What is wrong, a sentence each, with the file's name.</param>
/// <param name="Notes">What could not be checked, and why that is no fault.</param>
public sealed record EvidenceVerdict(bool Ok, EvidenceManifest? Manifest, string? Fingerprint, bool? Trusted, IReadOnlyList<string> Problems, IReadOnlyList<string> Notes);

/// <summary>Checks a pack by itself: the signature, every file's hash, the journal's numbers, the definition's hash, that the report is what the journal says.</summary>
/// <remarks>A pack may come from anybody: nothing is unpacked to disk, and no more is read of a file than the manifest says it has.</remarks>
/// <param name="catalog">Every action there is.</param>
public sealed class EvidenceCheck(ActionCatalog catalog)
{
    private const int ManifestBytes = 32 * 1024 * 1024;
    private const long FileBytes = 1L << 30;

    /// <summary>Checks one.</summary>
    /// <param name="pack">The zip; seekable.</param>
    /// <param name="trusted">The public key that must have signed it, PEM; null to take the pack's own.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">It is no zip, or the given key is none.</exception>
    public async Task<EvidenceVerdict> VerifyAsync(Stream pack, string? trusted, CancellationToken cancel)
    {
        var (problems, notes) = (new List<string>(), new List<string>());
        await using var zip = await ZipArchive.CreateAsync(pack, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancel);
        var entries = zip.Entries.ToLookup(entry => entry.FullName, StringComparer.Ordinal);
        problems.AddRange(entries.Where(name => name.Count() > 1).Select(name => $"{name.Key}: is there {name.Count()} times."));
        var signed = await ReadAsync(entries[EvidenceManifest.FileName].FirstOrDefault(), ManifestBytes, cancel);
        var (manifest, fingerprint) = await SignedAsync(signed, entries[EvidenceManifest.SignatureName].FirstOrDefault(), trusted, problems, cancel);
        if (manifest is not null)
        {
            var contents = await FilesAsync(manifest, entries, problems, cancel);
            problems.AddRange(entries.Select(name => name.Key)
                .Except(manifest.Files.Select(file => file.Path).Append(EvidenceManifest.FileName).Append(EvidenceManifest.SignatureName), StringComparer.Ordinal)
                .Select(extra => $"{extra}: is in the pack, and not in its manifest."));
            Content(manifest, contents, problems, notes);
        }

        return new EvidenceVerdict(problems.Count == 0, manifest, fingerprint, trusted is null ? null : fingerprint is not null, problems, notes);
    }

    private static async Task<(EvidenceManifest? Manifest, string? Fingerprint)> SignedAsync(
        byte[]? bytes, ZipArchiveEntry? signatureEntry, string? trusted, List<string> problems, CancellationToken cancel)
    {
        if (Read<EvidenceManifest>(bytes, EvidenceManifest.FileName, problems) is not { } manifest)
        {
            return (null, null);
        }

        if (manifest is not { Format: EvidenceManifest.CurrentFormat, Files: not null, RunId: not null, DefinitionHash: not null })
        {
            problems.Add($"{EvidenceManifest.FileName}: its form is {manifest.Format}; this program reads {EvidenceManifest.CurrentFormat}.");
            return (null, null);
        }

        if (Read<EvidenceSignature>(await ReadAsync(signatureEntry, ManifestBytes, cancel), EvidenceManifest.SignatureName, problems) is not { PublicKey: not null, Signature: not null } signature)
        {
            return (manifest, null);
        }

        var raw = new byte[signature.Signature.Length];
        var given = Convert.TryFromBase64String(signature.Signature, raw, out var length) ? raw.AsSpan(0, length) : [];
        string? fingerprint = null;
        try
        {
            fingerprint = EvidenceKey.Check(trusted ?? signature.PublicKey, bytes, given);
        }
        catch (InvalidDataException exception) when (trusted is null)
        {
            problems.Add($"{EvidenceManifest.SignatureName}: {exception.Message}");
        }

        if (fingerprint is null)
        {
            problems.Add(trusted is null
                ? $"{EvidenceManifest.FileName}: the signature does not fit: the manifest is not what was signed."
                : $"{EvidenceManifest.FileName}: it was not signed by the key that was given, or is not what was signed.");
        }

        return (manifest, fingerprint);
    }

    private static async Task<Dictionary<string, byte[]>> FilesAsync(EvidenceManifest manifest, ILookup<string, ZipArchiveEntry> entries, List<string> problems, CancellationToken cancel)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (entries[file.Path].FirstOrDefault() is not { } entry)
            {
                problems.Add($"{file.Path}: is missing.");
            }
            else if (file.Size is < 0 or > FileBytes || await ReadAsync(entry, file.Size, cancel) is not { } content || content.Length != file.Size)
            {
                problems.Add($"{file.Path}: has another size than the manifest says ({file.Size} bytes).");
            }
            else if (Hash(content) != file.Sha256)
            {
                problems.Add($"{file.Path}: was changed: its SHA-256 is {Hash(content)}, and the manifest says {file.Sha256}.");
            }
            else
            {
                if (file.Artifact is { } id && id.StartsWith("sha256:", StringComparison.Ordinal) && id != "sha256:" + file.Sha256)
                {
                    problems.Add($"{file.Path}: the journal names it {id}, and its content is another.");
                }

                // Files of the run are checked and let go: only what is compared below is kept.
                contents[file.Path] = file.Artifact is null ? content : [];
            }
        }

        return contents;
    }

    private void Content(EvidenceManifest manifest, Dictionary<string, byte[]> contents, List<string> problems, List<string> notes)
    {
        if (!contents.TryGetValue("journal.jsonl", out var text))
        {
            problems.Add("journal.jsonl: there is no journal that is as it was signed.");
            return;
        }

        try
        {
            var journal = Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Entry).ToList();
            if (journal.Count != manifest.Events || journal.Where((entry, index) => entry.Seq != index + 1).Any())
            {
                problems.Add($"journal.jsonl: its lines are not numbered 1 to {manifest.Events}.");
            }

            if (journal is not [{ Event: RunCreated created }, ..] || created.DefinitionHash != manifest.DefinitionHash || created.Playbook != manifest.Playbook)
            {
                problems.Add("journal.jsonl: it does not begin with this run's start.");
            }
            else if (contents.TryGetValue("definition.json", out var bundle))
            {
                var plan = PlanCompiler.FromBundle(created.Playbook, Encoding.UTF8.GetString(bundle), catalog);
                if (plan.Hash != created.DefinitionHash)
                {
                    problems.Add($"definition.json: its hash is {plan.Hash}, and the run was pinned to {created.DefinitionHash}.");
                }
            }

            if (manifest.Program != EvidencePack.Program)
            {
                notes.Add($"report.md: written by version {manifest.Program}; this is {EvidencePack.Program}, which may write it otherwise, so it is not compared with the journal.");
            }
            else if (contents.TryGetValue("report.md", out var report) && Encoding.UTF8.GetString(report) != ReportMarkdown.Write(IncidentReport.From(journal, manifest.ExportedAt)))
            {
                problems.Add("report.md: is not what follows from the journal.");
            }
        }
        catch (Exception exception) when (exception is JsonException or PlanFailure or UnknownEventException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            problems.Add($"journal.jsonl, definition.json: can't be read by this program: {exception.Message}");
        }
    }

    private static JournalEntry Entry(string line)
    {
        var one = JsonSerializer.Deserialize<JsonElement>(line);
        return JournalCodec.Read(new StoredEvent(
            one.GetProperty("seq").GetInt64(), one.GetProperty("at").GetDateTimeOffset(), one.GetProperty("type").GetString()!, one.GetProperty("version").GetInt32(),
            Encoding.UTF8.GetBytes(one.GetProperty("data").GetRawText())));
    }

    private static T? Read<T>(byte[]? bytes, string name, List<string> problems)
        where T : class
    {
        if (bytes is null)
        {
            problems.Add($"{name}: is missing, or longer than anything that Responder writes.");
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Json.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            problems.Add($"{name}: can't be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>A file's content; null where it is longer than it may be.</summary>
    private static async Task<byte[]?> ReadAsync(ZipArchiveEntry? entry, long most, CancellationToken cancel)
    {
        if (entry is null)
        {
            return null;
        }

        await using var stream = await entry.OpenAsync(cancel);
        using var content = new MemoryStream();
        var part = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(part, cancel)) > 0)
        {
            content.Write(part, 0, read);
            if (content.Length > most)
            {
                return null;
            }
        }

        return content.ToArray();
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
