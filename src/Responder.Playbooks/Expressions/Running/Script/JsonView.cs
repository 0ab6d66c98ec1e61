using System.Text.Json;
using Jint;
using Jint.Native;

namespace Responder.Playbooks.Expressions;

/// <summary>A JSON object. One that stands for a large output may be passed on, not read.</summary>
internal sealed class JsonView(Engine engine, JsonElement json, string text) : ReadOnlyView(engine)
{
    private readonly bool _isArtifact = JsonRead.IsArtifact(json);

    public JsonElement Json => json;

    public bool IsArtifact => _isArtifact;

    public string ArtifactMessage => ReadFailures.OfArtifact(json, text);

    protected override JsValue? Find(string name)
    {
        Refuse();
        return JsonRead.TryMember(json, name, out var member) ? ScriptValues.Of(Engine, member, $"{text}.{name}") : null;
    }

    protected override IEnumerable<string> Names()
    {
        Refuse();
        return json.EnumerateObject().Select(JsonRead.Name);
    }

    protected override void Touch() => Refuse();

    private void Refuse()
    {
        if (_isArtifact)
        {
            throw new Stopped(ArtifactMessage);
        }
    }
}
