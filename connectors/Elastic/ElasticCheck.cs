using Responder.Connectors.Elastic.Client;
using Responder.Sdk;

namespace Responder.Connectors.Elastic;

/// <summary>Asks Kibana what the key may in the detection engine, and whether it may read notes. Whether it may write them Kibana says only when one is written.</summary>
internal sealed class ElasticCheck(KibanaClient kibana) : IConnectionCheck
{
    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        var allowed = new Dictionary<string, string?>(StringComparer.Ordinal) { ["siem.get_alert"] = null, ["siem.update_alert"] = null, ["siem.comment_alert"] = null };
        try
        {
            var privileges = await kibana.GetAsync("detection_engine/privileges", cancel);
            var user = privileges.TryGetProperty("username", out var name) ? name.ToString() : "the key's user";
            var index = privileges.TryGetProperty("index", out var indices) && indices.EnumerateObject().Select(one => one.Value).FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } first ? first : default;
            foreach (var (action, needs) in new[] { ("siem.get_alert", "read"), ("siem.update_alert", "write"), ("siem.comment_alert", "read") })
            {
                allowed[action] = index.ValueKind == System.Text.Json.JsonValueKind.Object && index.TryGetProperty(needs, out var has) && has.ValueKind == System.Text.Json.JsonValueKind.True
                    ? null : $"{user} lacks the privilege '{needs}' on the space's alerts";
            }

            return new Health(true, $"As {user}.", allowed);
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, allowed.ToDictionary(one => one.Key, _ => (string?)failure.Message));
        }
    }
}
