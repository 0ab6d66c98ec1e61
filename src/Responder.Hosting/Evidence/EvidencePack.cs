using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Hosting.Views;
using Responder.Sdk;

namespace Responder.Hosting.Evidence;

/// <summary>All that is kept of a run as one zip that can be checked without the store: journal, definition, alert, report, files, their hashes, signed.</summary>
/// <param name="node">Where the run is.</param>
/// <param name="key">Signs.</param>
public sealed class EvidencePack(ResponderNode node, EvidenceKey key)
{
    private const string ReadMe = """
        This is what Responder kept of one run.

        manifest.json   every file with its size and SHA-256, and which run it is; it is what is signed
        signature.json  the signature, and the public key that it is checked by
        journal.jsonl   the run's journal, a line an event: what is true; all else follows from it
        definition.json the playbooks that the run was pinned to, by id
        alert.json      the alert, in the normal form and as it was received
        run.json        the run as the program shows it: steps, approvals, warnings
        report.*        the incident report that follows from the journal
        artifacts/      files that steps kept

        Check it with: responder evidence verify FILE
        Compare the key's fingerprint with what the installation says: responder evidence key
        Texts of the alert and of files are as they were received, hostile ones too.
        """;

    private static readonly JsonSerializerOptions Readable = new(Json.Options) { WriteIndented = true };

    /// <summary>Writes a run's pack.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="to">Takes the zip; need not be seekable.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False where there is no such run; nothing was written then.</returns>
    public async Task<bool> WriteAsync(string runId, string by, Stream to, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (await node.Store.Journal.ReadAsync(runId, 0, cancel) is not { } stored)
        {
            return false;
        }

        var now = node.Services.Time.GetUtcNow();
        var created = (RunCreated)JournalCodec.Read(stored.Events[0]).Event;
        var files = new List<EvidenceFile>();
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        await AddAsync("README.txt", Encoding.UTF8.GetBytes(ReadMe));
        await AddAsync("journal.jsonl", Journal(stored.Events));
        await AddAsync("definition.json", Encoding.UTF8.GetBytes(await node.Store.Definitions.GetAsync(created.DefinitionHash, cancel) ?? throw new InvalidDataException($"The store has no definition {created.DefinitionHash}.")));
        if (created.AlertId is { } alertId && await node.Store.Queries.AlertAsync(alertId, cancel) is { } alert)
        {
            await AddAsync("alert.json", JsonSerializer.SerializeToUtf8Bytes(new { alert.Id, alert.Source, alert.ReceivedAt, alert.Normal, alert.Raw }, Readable));
        }

        await AddAsync("run.json", JsonSerializer.SerializeToUtf8Bytes(RunView.Of(stored, now, node.Connections.Service<IEffectCounter>()?.Effects(runId)), Readable));
        var report = IncidentReport.From([.. stored.Events.Select(JournalCodec.Read)], now);
        await AddAsync("report.md", Encoding.UTF8.GetBytes(ReportMarkdown.Write(report)));
        await AddAsync("report.html", Encoding.UTF8.GetBytes(ReportHtml.Write(report)));
        await AddAsync("report.json", Encoding.UTF8.GetBytes(ReportJson.Write(report)));
        foreach (var artifact in await node.Store.Artifacts.ListAsync(runId, cancel))
        {
            var content = await node.Store.Artifacts.GetAsync(runId, artifact.Id, cancel) ?? throw new InvalidDataException($"The store lacks the content of artifact {artifact.Id} of run {runId}.");
            await AddAsync($"artifacts/{files.Count:D4}-{SafeName(artifact.Name)}", content, artifact);
        }

        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new EvidenceManifest(
                EvidenceManifest.CurrentFormat, runId, created.Playbook, created.DefinitionHash, Json.Word(stored.Row.Status), stored.Events.Count, now, by, Program, files),
            Readable);
        await EntryAsync(EvidenceManifest.FileName, manifest);
        await EntryAsync(EvidenceManifest.SignatureName, JsonSerializer.SerializeToUtf8Bytes(key.Sign(manifest), Readable));
        return true;

        async Task AddAsync(string path, ReadOnlyMemory<byte> content, ArtifactRow? artifact = null)
        {
            files.Add(new EvidenceFile(path, Convert.ToHexStringLower(SHA256.HashData(content.Span)), content.Length, artifact?.Id, artifact?.Path));
            await EntryAsync(path, content);
        }

        async Task EntryAsync(string path, ReadOnlyMemory<byte> content)
        {
            var entry = zip.CreateEntry(path);
            entry.LastWriteTime = now;
            await using var stream = await entry.OpenAsync(cancel);
            await stream.WriteAsync(content, cancel);
        }
    }

    /// <summary>The program's version.</summary>
    internal static string Program => typeof(EvidencePack).Assembly.GetName().Version!.ToString(3);

    /// <summary>A journal's lines from its events.</summary>
    private static byte[] Journal(IReadOnlyList<StoredEvent> events)
    {
        using var text = new MemoryStream();
        foreach (var entry in events)
        {
            using (var line = new Utf8JsonWriter(text))
            {
                line.WriteStartObject();
                line.WriteNumber("seq", entry.Seq);
                line.WriteString("at", Json.Time(entry.At));
                line.WriteString("type", entry.Type);
                line.WriteNumber("version", entry.Version);
                line.WritePropertyName("data");
                line.WriteRawValue(entry.Payload.Span);
                line.WriteEndObject();
            }

            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }

    // A file's name may come from a host that an attacker has: only what is harmless in every file system stays.
    private static string SafeName(string name)
    {
        var safe = string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_' ? sign : '_')).Trim('.');
        return safe.Length switch { 0 => "file", > 100 => safe[..100], _ => safe };
    }
}
