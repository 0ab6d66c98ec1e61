using Responder.Playbooks;
using Responder.Playbooks.Language;

namespace Responder.Engine.Runs;

/// <summary>Finds the place of a step instance again from its path.</summary>
internal static class Places
{
    public static Place Of(Plan plan, RunState state, string path)
    {
        var frame = Paths.FrameOf(path);
        var place = frame is null
            ? Place.Root(plan)
            : Place.Called(plan, (CallStep)Of(plan, state, frame).Index.ByPlace[state.Step(frame)!.Place], frame);
        return Into(place, state, path, state.Step(path)!.Place);
    }

    private static Place Into(Place place, RunState state, string path, string target)
    {
        foreach (var loop in Around(place.Index.Playbook, target))
        {
            var label = place.In(loop, 0, null).Pass!.Label + "[";
            var digits = path[label.Length..path.IndexOf(']', label.Length)];
            var index = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
            var item = loop is ForeachStep ? state.Step(place.PathOf(loop))!.Value!.Value[index] : (System.Text.Json.JsonElement?)null;
            place = place.In(loop, index, item);
        }

        return place;
    }

    /// <summary>The loops around a place in the file, outer first.</summary>
    private static IEnumerable<Step> Around(Playbook playbook, string target) =>
        playbook.AllSteps().Where(step => step is ForeachStep or WhileStep && target.StartsWith(step.Place + ".steps[", StringComparison.Ordinal))
            .OrderBy(step => step.Place.Length);
}
