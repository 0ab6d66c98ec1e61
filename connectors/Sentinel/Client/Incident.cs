using System.Text.Json;

namespace Responder.Connectors.Sentinel.Client;

/// <summary>An incident as it was read.</summary>
/// <param name="Id">Its name: a GUID.</param>
/// <param name="Json">All of it.</param>
internal sealed record Incident(string Id, JsonElement Json)
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal) { ["New"] = "new", ["Active"] = "in_progress", ["Closed"] = "closed" };

    public JsonElement Properties => Json.GetProperty("properties");

    public string? Etag => Text(Json, "etag");

    public string Title => Text(Properties, "title") ?? Id;

    public string? Severity => Text(Properties, "severity")?.ToLowerInvariant();

    public string Status => Text(Properties, "status") ?? "New";

    /// <summary>The status in the words of the actions.</summary>
    public string Word => Words.GetValueOrDefault(Status, Status.ToLowerInvariant());

    public string? Owner => Properties.TryGetProperty("owner", out var owner) && owner.ValueKind == JsonValueKind.Object
        ? Text(owner, "userPrincipalName") ?? Text(owner, "email") ?? Text(owner, "assignedTo") ?? Text(owner, "objectId") : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
