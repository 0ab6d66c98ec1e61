using System.Text.Json;
using Responder.Connectors.Splunk.Client;
using Responder.Sdk;

namespace Responder.Connectors.Splunk;

/// <summary>Asks who the token is of and which capabilities it has.</summary>
internal sealed class SplunkCheck(SplunkClient splunk) : IConnectionCheck
{
    private static readonly (string Action, string Needs)[] Actions =
        [("siem.search", "search"), ("siem.get_alert", "search"), ("siem.update_alert", "edit_notable_events"), ("siem.comment_alert", "edit_notable_events")];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var me = (await splunk.GetAsync("services/authentication/current-context", cancel)).GetProperty("entry")[0].GetProperty("content");
            var has = me.TryGetProperty("capabilities", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(one => one.GetString()).ToHashSet() : [];
            return new Health(
                true, $"As {me.GetProperty("username").GetString()}.", Actions.ToDictionary(one => one.Action, one => has.Contains(one.Needs) ? null : $"the user lacks the capability {one.Needs}"));
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, Actions.ToDictionary(one => one.Action, _ => (string?)failure.Message));
        }
    }
}
