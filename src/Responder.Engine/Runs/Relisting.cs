using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Runs;

/// <summary>The list that a deletion is approved with: taken where none is given, and anew where it no longer fits.</summary>
internal static class Relisting
{
    private const string Field = "manifest";

    /// <summary>True where the action has such a list and it is not among its inputs.</summary>
    public static bool IsMissing(ActionDescriptor action, JsonElement inputs) =>
        action.Lists is not null && !(inputs.TryGetProperty(Field, out var given) && given.ValueKind is not JsonValueKind.Null);

    /// <summary>The inputs with the list as it is now, and what it sums up to, for people; null where there is nothing to list, or nobody here lists it.</summary>
    public static async Task<(JsonElement Inputs, string Sum)?> TakeAsync(Connection connection, ActionDescriptor action, JsonElement inputs, ActionContext context)
    {
        if (!connection.Actions.TryGetValue(action.Lists!, out var read))
        {
            return null;
        }

        var asked = new JsonObject();
        foreach (var field in read.Action.Inputs)
        {
            if (inputs.TryGetProperty(field.Name, out var value))
            {
                asked[field.Name] = JsonNode.Parse(value.GetRawText());
            }
            else if (field.Name == "recurse")
            {
                asked[field.Name] = true;
            }
        }

        try
        {
            var listed = (await read.RunAsync(JsonSerializer.SerializeToElement(asked), context)).Value;
            var with = JsonNode.Parse(inputs.GetRawText())!.AsObject();
            with[Field] = JsonNode.Parse(listed.GetProperty(Field).GetRawText());
            return (JsonSerializer.SerializeToElement(with), $"{Number(listed, "count")} files, {Number(listed, "bytes")} bytes");
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private static string Number(JsonElement listed, string name) => listed.TryGetProperty(name, out var number) ? number.GetRawText() : "?";
}
