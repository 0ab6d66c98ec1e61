using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike;

/// <summary>Signs in, reads, and asks each API for nothing: an empty list is refused as wrong (400) where the scope is there, and as forbidden (403) where it is not.</summary>
internal sealed class CrowdStrikeCheck(FalconClient falcon, CrowdStrikeSettings settings) : IConnectionCheck
{
    private static readonly (string Scope, Func<RestRequest> Ask, string[] Actions)[] Scopes =
    [
        ("Hosts: read", () => new RestRequest("/devices/queries/devices/v1").WithQuery("limit", "1"), ["edr.find_host", "edr.find_hosts"]),
        ("Hosts: write", () => new RestRequest("/devices/entities/devices-actions/v2", Method.Post).WithQuery("action_name", "contain").WithJson(new { ids = Array.Empty<string>() }), ["edr.isolate_host", "edr.release_host"]),
        ("Alerts: read", () => new RestRequest("/alerts/queries/alerts/v2").WithQuery("limit", "1"), ["edr.get_detection"]),
        ("Alerts: write", () => new RestRequest("/alerts/entities/alerts/v3", Method.Patch).WithJson(new { composite_ids = Array.Empty<string>(), action_parameters = Array.Empty<string>() }), ["edr.update_detection"]),
        ("Real time response: write", () => Rtr("active-responder-command"), ["edr.collect_file", "crowdstrike.run_script"]),
        ("Real time response (admin): write", () => Rtr("admin-command"), ["edr.list_folder", "edr.list_processes", "edr.get_process", "edr.kill_process", "edr.delete_folder", "edr.delete_file"]),
        ("On-demand scans (ODS): write", () => new RestRequest("/ods/entities/scans/v1", Method.Post).WithJson(new { hosts = Array.Empty<string>() }), ["edr.scan"]),
    ];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        var allowed = new Dictionary<string, string?>(StringComparer.Ordinal);
        try
        {
            await falcon.SignInAsync(cancel);
            foreach (var (scope, ask, actions) in Scopes)
            {
                var answer = await falcon.Rest.ReadAsync(ask(), cancel, new RestCallOptions { Raw = true });
                foreach (var action in actions)
                {
                    allowed[action] = answer.Status is 401 or 403 ? $"the API client lacks '{scope}'" : null;
                }
            }
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, allowed);
        }

        if (!settings.Scripts)
        {
            foreach (var action in Scopes[5].Actions.Where(action => action != "edr.delete_folder" || !settings.UnverifiedPaths))
            {
                allowed[action] = "Scripts are off for this connection";
            }
        }

        return new Health(true, $"Signed in at {falcon.Rest.BaseAddress.Host} as the API client {settings.ClientId}.", allowed);
    }

    private static RestRequest Rtr(string kind) => new RestRequest($"/real-time-response/entities/{kind}/v1", Method.Post)
        .WithJson(new { session_id = string.Empty, device_id = string.Empty, base_command = string.Empty, command_string = string.Empty });
}
