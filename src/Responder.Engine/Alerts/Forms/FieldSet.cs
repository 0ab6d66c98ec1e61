using System.Text.Json;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>The fields of a shape over one document.</summary>
internal readonly struct FieldSet(AlertShape shape, JsonDocumentView document)
{
    public JsonElement? Find(string field) =>
        shape.Fields.TryGetValue(field, out var query) && query.Find(document) is { ValueKind: not JsonValueKind.Null } found ? found : null;

    public string? Text(string field) => Find(field) is { } found ? Values.Text(found) : null;

    public long? Number(string field) => Find(field) is { } found ? Values.Number(found) : null;

    public IEnumerable<JsonElement> Items(string field) => Find(field) is { } found ? Values.Items(found) : [];
}
