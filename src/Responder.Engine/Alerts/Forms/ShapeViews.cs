using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>A document as shapes' queries see it, each form made once.</summary>
internal sealed class ShapeViews(JsonElement document)
{
    private const int MostParts = 12;
    private readonly Lazy<JsonDocumentView> _plain = new(() => new JsonDocumentView(document));
    private readonly Lazy<JsonDocumentView?> _event = new(() => WindowsEvent.Read(document) is { } found ? new JsonDocumentView(found) : null);
    private readonly Lazy<JsonDocumentView> _nested = new(() => new JsonDocumentView(Unflatten(document)));

    /// <summary>The document as this shape sees it; null where the shape wants a Windows event and it is none.</summary>
    public JsonDocumentView? For(AlertShape shape)
    {
        if (shape.WindowsEvent)
        {
            return _event.Value;
        }

        if (shape.EventAt is { } at)
        {
            var found = at.Find(_plain.Value);
            var inner = found.ValueKind == JsonValueKind.Object ? WindowsEvent.Read(found) : null;
            var whole = JsonObject.Create(document)!;
            whole["windows"] = inner is { } one ? JsonObject.Create(one) : null;
            return new JsonDocumentView(JsonSerializer.SerializeToElement(whole));
        }

        return shape.Unflatten ? _nested.Value : _plain.Value;
    }

    private static JsonElement Unflatten(JsonElement document)
    {
        var result = new JsonObject();
        foreach (var member in document.EnumerateObject())
        {
            var names = member.Name.Split('.');
            var target = result;
            foreach (var name in names.Length is > 1 and <= MostParts ? names.SkipLast(1) : [])
            {
                if (target[name] is not JsonObject inner)
                {
                    target[name] = inner = [];
                }

                target = inner;
            }

            var last = names.Length <= MostParts ? names[^1] : member.Name;
            Merge(target, last, member.Value);
        }

        return JsonSerializer.SerializeToElement(result);
    }

    // `host` as an object and `host.name` beside it are one.
    private static void Merge(JsonObject target, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && target[name] is JsonObject there)
        {
            foreach (var member in value.EnumerateObject())
            {
                Merge(there, member.Name, member.Value);
            }
        }
        else
        {
            target[name] = JsonNode.Parse(value.GetRawText());
        }
    }
}
