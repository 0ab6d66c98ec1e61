namespace Responder.Hosting.Evidence;

/// <summary>What an evidence pack holds: <c>manifest.json</c>, the one file that is signed.</summary>
/// <param name="Format">Its form's number: <c>1</c>.</param>
/// <param name="RunId">The run.</param>
/// <param name="Playbook">Its playbook's id.</param>
/// <param name="DefinitionHash">What the run was pinned to.</param>
/// <param name="Status">How it stood at the export.</param>
/// <param name="Events">How many lines its journal had.</param>
/// <param name="ExportedAt">When it was exported.</param>
/// <param name="ExportedBy">By whom.</param>
/// <param name="Program">The program's version.</param>
/// <param name="Files">Every other file of the pack, but the signature.</param>
public sealed record EvidenceManifest(
    int Format, string RunId, string Playbook, string DefinitionHash, string Status, int Events, DateTimeOffset ExportedAt, string ExportedBy, string Program,
    IReadOnlyList<EvidenceFile> Files)
{
    /// <summary>The form that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The manifest's name in the pack.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The signature's name in the pack.</summary>
    public const string SignatureName = "signature.json";
}

/// <summary>A file of the pack.</summary>
/// <param name="Path">Its name in the pack.</param>
/// <param name="Sha256">The hash of its content, hex.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Artifact">For a file of the run: the id by which the journal names it.</param>
/// <param name="Step">For a file of the run: the step that made it.</param>
public sealed record EvidenceFile(string Path, string Sha256, long Size, string? Artifact = null, string? Step = null);

/// <summary>Who signed a manifest: <c>signature.json</c>.</summary>
/// <param name="Algorithm"><c>ECDSA-P256-SHA256</c>.</param>
/// <param name="PublicKey">The key that it is checked by, PEM.</param>
/// <param name="Fingerprint">The key's SHA-256, hex: to be compared with what the installation says of itself.</param>
/// <param name="Signature">Over the bytes of <c>manifest.json</c>, base64.</param>
public sealed record EvidenceSignature(string Algorithm, string PublicKey, string Fingerprint, string Signature);
