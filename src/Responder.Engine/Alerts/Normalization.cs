using System.Runtime.InteropServices;
using System.Text.Json;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>One body on its way into the normal form.</summary>
internal sealed class Normalization(IReadOnlyDictionary<string, SourceMapping> mappings, DetectionSet detections, AlertLimits limits, DateTimeOffset receivedAt)
{
    private readonly List<Alert> _alerts = [];
    private readonly List<Refusal> _refused = [];
    private readonly Dictionary<(string Source, string Shape, string Key), List<JsonElement>> _groups = [];
    private int _index;
    private string? _found;

    public NormalizeResult Run(string source, string body)
    {
        foreach (var (item, problem) in BodyReader.Read(body, limits))
        {
            if (_index >= limits.Alerts)
            {
                Refuse($"A body may hold {limits.Alerts:N0} alerts; what follows was not taken. Send it again in smaller bodies.");
                break;
            }

            if (item is { } one)
            {
                Take(source, one);
            }
            else
            {
                Refuse(problem!);
            }
        }

        foreach (var ((name, shape, _), rows) in _groups)
        {
            var document = JsonSerializer.SerializeToElement(new { rows });
            Add(name, mappings[name].Shapes.First(one => one.Name == shape), new JsonDocumentView(document), document);
        }

        return new NormalizeResult(_alerts, _refused, source == AlertNormalizer.Auto ? _found ?? AlertNormalizer.Auto : source);
    }

    private void Take(string source, BodyItem item)
    {
        if (source == AlertNormalizer.Generic || (source == AlertNormalizer.Auto && GenericForm.Recognises(item.Document)))
        {
            TakeGeneric(item);
            return;
        }

        if (item.Document.ValueKind != JsonValueKind.Object)
        {
            Refuse($"It is {GenericFields.Kind(item.Document)}, and an object is wanted.");
            return;
        }

        var views = new ShapeViews(item.Document);
        foreach (var mapping in source == AlertNormalizer.Auto ? mappings.Values : [mappings[source]])
        {
            foreach (var shape in mapping.Shapes)
            {
                if (views.For(shape) is { } seen && shape.When.IsTrue(seen))
                {
                    Take(mapping.Source, shape, seen, item.Raw);
                    return;
                }
            }
        }

        Refuse(source == AlertNormalizer.Auto
            ? "It has the form of no source that is known here; name the source, or add a mapping file for it."
            : $"It has none of the forms of `{source}`: {string.Join(", ", mappings[source].Shapes.Select(shape => shape.Name))}.");
    }

    private void TakeGeneric(BodyItem item)
    {
        var problems = new List<string>();
        if (GenericForm.Read(item.Document, problems, out var raw) is not { } draft)
        {
            Refuse(string.Join(' ', problems));
        }
        else if (TooLong(item.Raw) is { } reason)
        {
            Refuse(reason);
        }
        else
        {
            Found(AlertNormalizer.Generic);
            _alerts.Add(draft.Build(AlertNormalizer.Generic, _index++, raw, receivedAt, limits));
        }
    }

    private void Take(string source, AlertShape shape, JsonDocumentView view, JsonElement raw)
    {
        Found(source);
        if (shape.Each is not { } each)
        {
            One(source, shape, view, raw);
            return;
        }

        var found = Values.Items(each.Find(view)).ToList();
        if (found.Count == 0)
        {
            Refuse($"There is no alert in it where the form `{shape.Name}` of `{source}` has them (`{each.Source}`).");
        }

        foreach (var one in found)
        {
            if (_index >= limits.Alerts)
            {
                Refuse($"A body may hold {limits.Alerts:N0} alerts; what follows was not taken. Send it again in smaller bodies.");
                return;
            }

            if (one.ValueKind != JsonValueKind.Object)
            {
                Refuse($"It is {GenericFields.Kind(one)}, and an object is wanted.");
                continue;
            }

            if (new ShapeViews(one).For(shape) is { } inner)
            {
                One(source, shape, inner, one);
            }
        }
    }

    private void One(string source, AlertShape shape, JsonDocumentView view, JsonElement raw)
    {
        if (shape.GroupBy is { } by && Values.Text(by.Find(view)) is { } key)
        {
            var group = (source, shape.Name, key);
            if (!_groups.TryGetValue(group, out var rows))
            {
                _groups[group] = rows = [];
            }

            rows.Add(view.Json);
            return;
        }

        Add(source, shape, view, raw);
    }

    private void Add(string source, AlertShape shape, JsonDocumentView view, JsonElement raw)
    {
        if (TooLong(raw) is { } reason)
        {
            Refuse(reason);
            return;
        }

        if (shape.Ignore.FirstOrDefault(one => one.When.IsTrue(view)) is { } ignored)
        {
            Refuse(ignored.Reason);
            return;
        }

        var draft = MappedForm.Read(shape, view);
        if (draft.IsEmpty)
        {
            Refuse($"It has the form `{shape.Name}` of `{source}`, but says neither what happened nor to whom.");
            return;
        }

        if (shape is { WindowsEvent: true, IsEvent: true })
        {
            draft.Event = view.Json;
            detections.Apply(draft, view.Json);
        }

        _alerts.Add(draft.Build(source, _index++, raw, receivedAt, limits));
    }

    // A text has no more characters than bytes: for nearly all it need not be made to be measured.
    private string? TooLong(JsonElement raw) => JsonMarshal.GetRawUtf8Value(raw).Length > limits.AlertLength && raw.GetRawText().Length is var length && length > limits.AlertLength
        ? $"The alert has {length:N0} characters; at most {limits.AlertLength:N0} are taken." : null;

    private void Refuse(string reason) => _refused.Add(new Refusal(_index++, reason));

    private void Found(string source) => _found = _found is null || _found == source ? source : AlertNormalizer.Auto;
}
