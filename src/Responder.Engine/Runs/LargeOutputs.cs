using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>A result's large fields are kept as artifacts; the result holds a reference, and reading it in an expression is an error that says so.</summary>
internal static class LargeOutputs
{
    public static async Task<JsonElement> KeepAsync(JsonElement outputs, ActionStep step, string path, string runId, RunServices services, CancellationToken cancel)
    {
        if (outputs.ValueKind != JsonValueKind.Object)
        {
            return outputs;
        }

        JsonObject? changed = null;
        foreach (var field in outputs.EnumerateObject())
        {
            if (!IsLarge(field.Value, services.Limits))
            {
                continue;
            }

            var content = Encoding.UTF8.GetBytes(field.Value.GetRawText());
            var id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
            var name = $"{step.Id ?? step.Place}.{field.Name}.json";
            await services.Artifacts.PutAsync(id, runId, path, name, "application/json", content, cancel);
            changed ??= JsonNode.Parse(outputs.GetRawText())!.AsObject();
            changed[field.Name] = new JsonObject { ["$artifact"] = id, ["name"] = name, ["size"] = content.Length, ["media_type"] = "application/json" };
        }

        return changed is null ? outputs : JsonSerializer.SerializeToElement(changed);
    }

    private static bool IsLarge(JsonElement value, RunLimits limits) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > limits.LongList || IsLong(value, limits),
        JsonValueKind.Object or JsonValueKind.String => IsLong(value, limits),
        _ => false,
    };

    // A text has no more characters than bytes: for nearly all it need not be made to be measured.
    private static bool IsLong(JsonElement value, RunLimits limits) =>
        JsonMarshal.GetRawUtf8Value(value).Length > limits.LargeField && value.GetRawText().Length > limits.LargeField;
}
