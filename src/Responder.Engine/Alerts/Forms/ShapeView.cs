using System.Text.Json;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>A document as a shape's queries see it.</summary>
internal static class ShapeView
{
    /// <summary>The document itself, or a Windows event in its one form; null where the shape wants such an event and it is none.</summary>
    public static JsonDocumentView? View(this AlertShape shape, JsonElement document, JsonDocumentView plain) =>
        !shape.WindowsEvent ? plain : WindowsEvent.Read(document) is { } found ? new JsonDocumentView(found) : null;
}
