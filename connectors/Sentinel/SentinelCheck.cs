using System.IO.Enumeration;
using System.Text.Json;
using Responder.Connectors.Sentinel.Client;
using Responder.Sdk;
using RestSharp;

namespace Responder.Connectors.Sentinel;

/// <summary>Signs in and asks Azure which operations the app is granted on the workspace.</summary>
internal sealed class SentinelCheck(SentinelApi sentinel, SentinelSettings settings) : IConnectionCheck
{
    private static readonly (string Action, string[] Needs)[] Actions =
    [
        ("siem.get_alert", ["Microsoft.SecurityInsights/incidents/read"]),
        ("siem.update_alert", ["Microsoft.SecurityInsights/incidents/read", "Microsoft.SecurityInsights/incidents/write", "Microsoft.SecurityInsights/incidents/comments/write"]),
        ("siem.comment_alert", ["Microsoft.SecurityInsights/incidents/read", "Microsoft.SecurityInsights/incidents/comments/read", "Microsoft.SecurityInsights/incidents/comments/write"]),
    ];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            await sentinel.SignInAsync(cancel);
            var grants = (await sentinel.Rest.ReadAsync(sentinel.Under("providers/Microsoft.Authorization/permissions", Method.Get, "2022-04-01"), cancel)).Json.GetProperty("value").EnumerateArray().ToList();
            return new Health(
                true, $"Signed in at {settings.BaseUrl.Host} as {settings.Entra.ClientId}.",
                Actions.ToDictionary(one => one.Action, one => one.Needs.FirstOrDefault(need => !grants.Exists(grant => Grants(grant, need))) is { } lacks ? $"the app is not granted {lacks} on the workspace" : null));
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, Actions.ToDictionary(one => one.Action, _ => (string?)failure.Message));
        }
    }

    private static bool Grants(JsonElement grant, string operation) => Names(grant, "actions", operation) && !Names(grant, "notActions", operation);

    private static bool Names(JsonElement grant, string list, string operation) => grant.TryGetProperty(list, out var names) && names.ValueKind == JsonValueKind.Array
        && names.EnumerateArray().Any(name => FileSystemName.MatchesSimpleExpression(name.GetString(), operation));
}
