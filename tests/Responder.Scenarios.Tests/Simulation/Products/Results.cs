using System.Text.Json;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>What the products answer.</summary>
internal static class Results
{
    public static JsonElement Of(string action, JsonElement inputs, DateTimeOffset now, bool seen = false) => JsonSerializer.SerializeToElement(Make(action, inputs, now, seen), Json.Options);

    private static object Make(string action, JsonElement inputs, DateTimeOffset now, bool seen) => action switch
    {
        "edr.find_host" => new
        {
            id = Text(inputs, "hostname").ToLowerInvariant(), hostname = Text(inputs, "hostname"), ip = "10.0.0.1", os = "Windows", role = "Workstation", online = now.Second % 3 != 0,
            isolation = "none", last_seen = now, tags = Array.Empty<string>(), owner = (string?)null,
        },
        "identity.list_groups" => new { groups = new[] { "Staff" }, privileged = Array.Empty<string>() },
        "edr.isolate_host" or "edr.release_host" => new { host = Text(inputs, "host"), hostname = (string?)null, isolation = action == "edr.isolate_host" ? "isolated" : "none", at = now },
        "identity.disable_user" or "identity.enable_user" => new { id = Text(inputs, "user"), user = Text(inputs, "user"), enabled = action == "identity.enable_user", on_premises_synced = false },
        "identity.reset_password" => new { id = Text(inputs, "user"), must_change = true, at = now },
        "edr.delete_folder" => new { path = Text(inputs, "path"), files = 3, bytes = 4096, gone = true, left = Array.Empty<string>() },
        "edr.kill_process" => new { pid = 4711, image = "cmd.exe", gone = true },
        "tickets.create" => new { key = "SOC-7", url = (string?)null },
        "tickets.comment" => new { id = "c1", url = (string?)null },
        "tickets.update" => new { key = Text(inputs, "key"), status = "Open", note = (string?)null },
        "chat.notify" => new { id = "m1", to = Text(inputs, "to"), at = now },
        "chat.ask" => new { answer = (string?)null, by = Text(inputs, "to"), at = (DateTimeOffset?)null, comment = (string?)null, unverified = true },
        "http.request" => new { status = 200, headers = new Dictionary<string, string>(), body = new { seen } },
        _ => throw new InvalidOperationException($"The simulated products do not know {action}."),
    };

    private static string Text(JsonElement inputs, string name) => inputs.GetProperty(name).GetString()!;
}
