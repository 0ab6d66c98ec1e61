using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Entra;
using RestSharp;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Defender;

/// <summary>Signs in, reads one machine, and tells from the token's roles which actions the app is allowed.</summary>
internal sealed class DefenderCheck(DefenderApi defender, DefenderSettings settings) : IConnectionCheck
{
    private static readonly string[] Readers = ["Machine.Read.All", "Machine.ReadWrite.All"];
    private static readonly string[] Isolators = ["Machine.Isolate + Machine.Read.All", "Machine.Isolate + Machine.ReadWrite.All"];

    private static readonly string[] Scripters = ["Machine.LiveResponse + Library.Manage + Machine.ReadWrite.All", "Machine.LiveResponse + Library.Manage + Machine.Read.All"];

    /// <summary>The sets of permissions that Defender's reference names for each call and for the reads around it, the least first.</summary>
    private static readonly (string, IReadOnlyList<string>)[] Needs =
    [
        ("edr.find_host", Readers),
        ("edr.find_hosts", Readers),
        ("edr.isolate_host", Isolators),
        ("edr.release_host", Isolators),
        ("edr.list_folder", Scripters),
        ("edr.list_processes", Scripters),
        ("edr.get_process", Scripters),
        ("edr.kill_process", Scripters),
        ("edr.delete_folder", Scripters),
        ("edr.delete_file", Scripters),
        ("edr.collect_file", Scripters),
        ("edr.scan", ["Machine.Scan + Machine.Read.All + Alert.Read.All", "Machine.Scan + Machine.ReadWrite.All + Alert.ReadWrite.All", "Machine.Scan + Machine.Read.All + Alert.ReadWrite.All"]),
        ("edr.get_detection", ["Alert.Read.All", "Alert.ReadWrite.All"]),
        ("edr.update_detection", ["Alert.ReadWrite.All"]),
        ("defender.run_script", ["Machine.LiveResponse + Machine.ReadWrite.All", "Machine.LiveResponse + Machine.Read.All"]),
    ];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var token = await defender.Tokens.TakeAsync(cancel);
            var roles = EntraRoles.Of(token.Value) ?? new EntraRoles(settings.Entra.ClientId, settings.Entra.Tenant, []);
            var allowed = roles.Allow(Needs);
            if (allowed["edr.find_host"] is null)
            {
                await defender.Rest.ReadAsync(new RestRequest("api/machines").WithQuery("$top", "1"), cancel);
            }

            return new Health(true, $"Signed in to the directory {roles.Tenant} as {roles.App}, at {settings.BaseUrl.Host}.", allowed);
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, new Dictionary<string, string?>());
        }
    }
}
