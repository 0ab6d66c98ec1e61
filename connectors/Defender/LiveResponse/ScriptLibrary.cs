using System.Text;
using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;
using RestSharp;

namespace Responder.Connectors.Defender.LiveResponse;

/// <summary>
/// Our scripts in Defender's library. A name holds the beginning of its script's hash, so a new version stands beside an old one; the library's own hash is compared each time, so that a script which somebody changed there is never run.
/// </summary>
internal sealed class ScriptLibrary(DefenderApi defender)
{
    private const string Path = "api/libraryfiles";

    public static string NameOf(string script) => $"responder-{script}-{ScriptText.Mark(ScriptText.Body(script, windows: true))[..12]}.ps1";

    /// <summary>The script's name in the library, where it stands as it is here; it is put there where it is missing.</summary>
    /// <exception cref="ActionFailure">The library holds another script of that name, or the app may not look.</exception>
    public async Task<string> ReadyAsync(string script, CancellationToken cancel)
    {
        var (name, body) = (NameOf(script), ScriptText.Body(script, windows: true));
        if (!await IsThereAsync(name, body, cancel))
        {
            var request = new RestRequest(Path, Method.Post)
                .AddParameter("Description", $"Responder: {script}").AddParameter("HasParameters", "true").AddParameter("ParametersDescription", "base64").AddParameter("OverrideIfExists", "false")
                .AddFile("file", Encoding.UTF8.GetBytes(body), name, "application/octet-stream");
            try
            {
                await defender.Rest.ReadAsync(request, cancel);
            }
            catch (ActionFailure failure) when (failure.Kind is FailureKind.Invalid or FailureKind.Conflict)
            {
                // Another node may have put it there in the meantime.
                if (!await IsThereAsync(name, body, cancel))
                {
                    throw;
                }
            }
        }

        return name;
    }

    private async Task<bool> IsThereAsync(string name, string body, CancellationToken cancel)
    {
        try
        {
            var files = await defender.ListAsync<LibraryFile>(new RestRequest(Path), cancel);
            return files.FirstOrDefault(file => string.Equals(file.FileName, name, StringComparison.OrdinalIgnoreCase)) switch
            {
                null => false,
                var file when string.Equals(file.Sha256, ScriptText.Mark(body), StringComparison.OrdinalIgnoreCase) => true,
                _ => throw new ActionFailure(FailureKind.Forbidden, $"{name} in Defender's live-response library is not the script that belongs to this name: somebody changed it. It is not run; find out who did, and delete it there.") { Code = "script_changed" },
            };
        }
        catch (ActionFailure failure) when (failure is { Kind: FailureKind.Forbidden, Code: not "script_changed" })
        {
            throw new ActionFailure(FailureKind.Forbidden, $"The live-response library can't be looked at: {failure.Message} Give the app the permission Library.Manage.", failure) { Code = failure.Code, TraceId = failure.TraceId };
        }
    }
}

/// <summary>A file of the library.</summary>
internal sealed record LibraryFile(string? FileName, string? Sha256);
