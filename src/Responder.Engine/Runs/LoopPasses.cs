using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Steps;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>What a loop's id shows outside the loop: one element a pass, <c>{item, index, status, error, steps: {id: outputs}}</c>.</summary>
internal static class LoopPasses
{
    public static JsonElement Of(RunState state, Place seenFrom, Step loop, StepState step)
    {
        var ids = (loop switch { ForeachStep one => one.Steps, WhileStep one => one.Steps, _ => [] })
            .SelectMany(inner => inner.WithInner()).Select(inner => inner.Id).OfType<string>().ToList();
        var outer = OuterOf(seenFrom, loop);
        var passes = new JsonArray();
        foreach (var pass in step.Loop!.Ended.Values.OrderBy(one => one.Index))
        {
            var item = loop is ForeachStep ? step.Value!.Value[pass.Index] : (JsonElement?)null;
            var inside = outer.In(loop, pass.Index, item);
            var outputs = new JsonObject();
            foreach (var id in ids)
            {
                var value = inside.See(id) is { } seen ? state.Step(seen.Path)?.Outputs : null;
                outputs[id] = value is null ? null : JsonNode.Parse(value.Value.GetRawText());
            }

            passes.Add(new JsonObject
            {
                ["item"] = item is null ? null : JsonNode.Parse(item.Value.GetRawText()),
                ["index"] = pass.Index,
                ["status"] = Kinds.Name(pass.Status),
                ["error"] = pass.Error is null ? null : JsonNode.Parse(Values.Of(pass.Error).GetRawText()),
                ["steps"] = outputs,
            });
        }

        return JsonSerializer.SerializeToElement(passes);
    }

    private static Place OuterOf(Place place, Step loop)
    {
        // From inside a pass of the loop itself its id shows the passes before; the pass around the loop is then further out.
        for (var pass = place.Pass; pass is not null; pass = pass.Outer)
        {
            if (ReferenceEquals(pass.Loop, loop))
            {
                return place with { Pass = pass.Outer };
            }
        }

        var depth = loop.Id is { } id ? place.Index.ById[id].Loops.Length : 0;
        var passes = new List<Pass>();
        for (var pass = place.Pass; pass is not null; pass = pass.Outer)
        {
            passes.Insert(0, pass);
        }

        return place with { Pass = depth == 0 ? null : passes[depth - 1] };
    }
}
