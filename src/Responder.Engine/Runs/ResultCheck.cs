using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Runs;

/// <summary>Outputs that a person gives for a step in doubt are checked against the action's result.</summary>
internal static class ResultCheck
{
    public static string? Problem(ActionDescriptor? action, JsonElement? outputs)
    {
        if (action is null)
        {
            return null;
        }

        try
        {
            _ = (outputs ?? default).Deserialize(action.ResultType, Json.Options);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return $"The outputs do not fit the result of {action.Name} ({string.Join(", ", action.Outputs.Select(one => one.Name))}): {exception.Message}";
        }
    }
}
