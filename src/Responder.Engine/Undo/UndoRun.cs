using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Matching;
using Responder.Engine.Runs;
using Responder.Engine.Steps;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Undo;

/// <summary>
/// The run that carries an undo out: a playbook written for it, behind one approval by a lead. Values that come from an alert go in as inputs,
/// never as text of the playbook, where they could hold an expression.
/// </summary>
public static class UndoRun
{
    private const string Id = "undo";

    /// <summary>The definition and the start.</summary>
    /// <param name="undo">What to take back.</param>
    /// <param name="connections">What is configured now.</param>
    /// <param name="runId">The run that is undone.</param>
    /// <param name="reason">Why, for the journal.</param>
    /// <param name="now">The time.</param>
    public static (Plan Plan, PlannedStart Start) Make(UndoPlan undo, IConnections connections, string runId, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(undo);
        ArgumentNullException.ThrowIfNull(connections);
        var library = PlaybookLibrary.Load([($"{Id}/playbook.yaml", Text(undo))], new ReadOptions { Catalog = connections.Catalog });
        if (!library.Playbooks.TryGetValue(Id, out var playbook))
        {
            throw new InvalidOperationException($"The undo could not be written: {string.Join(' ', library.Problems.Where(one => one.Level == ProblemLevel.Error))}");
        }

        var start = StartResolver.Resolve(playbook, null, Inputs(undo, runId, reason), now);
        return start.Start is { } made
            ? (PlanCompiler.Compile(Id, library), made)
            : throw new InvalidOperationException($"The undo can't start: {string.Join(' ', start.Problems.Select(one => one.Reason))}");
    }

    private static string Text(UndoPlan undo)
    {
        var inputs = new StringBuilder();
        var steps = new StringBuilder();
        var outputs = new StringBuilder();
        foreach (var (inverse, name) in Named(undo))
        {
            var call = $"uses: {inverse.Action}\n    connection: {inverse.Undoes.Connection}\n";
            steps.Append($"  - id: {name}\n    {call}{(inverse.SaysWhy ? string.Empty : "    on_error: continue\n")}    with:\n");
            foreach (var field in inverse.Fields.Keys)
            {
                inputs.Append($"  {name}_{field}: {{ type: string }}\n");
                steps.Append($"      {field}: ${{{{ inputs.{name}_{field} }}}}\n");
            }

            if (inverse.SaysWhy)
            {
                // Where the workflow offers no way back to where it was, to its first status: the reason must be read there.
                const string Comment = "comment: 'Taken back, run ${{ inputs.run }}: ${{ inputs.reason }}'\n";
                steps.Append($"      {Comment}    on_error:\n      - id: {name}_first\n        {call.Replace("\n    ", "\n        ", StringComparison.Ordinal)}        on_error: continue\n        with:\n")
                    .Append($"          key: ${{{{ inputs.{name}_key }}}}\n          status: todo\n          {Comment}");
            }

            outputs.Append($"  {name}: ${{{{ run.steps.{name}.status }}}}\n");
        }

        return $$$"""
            id: {{{Id}}}
            name: Undo of a run
            on: { manual: true }
            concurrency: { key: "undo/${{ inputs.run }}", policy: skip }
            inputs:
              run: { type: string }
              reason: { type: string }
              left: { type: string }
              undoes: { type: object }
            {{{inputs}}}
            outputs:
            {{{outputs}}}
            steps:
              - id: agree
                approval:
                  title: Take back what run ${{ inputs.run }} did?
                  roles: [lead]
                  evidence:
                    - inputs.left
                    - Object.values(inputs.undoes).map(u => u.action + ' on ' + u.target_name)
                    - inputs.reason
            {{{steps}}}
              - stop: { outcome: undone, reason: "${{ inputs.reason }}" }

            """;
    }

    private static Dictionary<string, JsonElement> Inputs(UndoPlan undo, string runId, string reason)
    {
        var undoes = new JsonObject();
        var inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (inverse, name) in Named(undo))
        {
            undoes[name] = JsonSerializer.SerializeToNode(inverse.Undoes, Json.Options);
            foreach (var (field, value) in inverse.Fields)
            {
                inputs[$"{name}_{field}"] = value;
            }
        }

        inputs["run"] = Values.Of(runId);
        inputs["reason"] = Values.Of(reason);
        inputs["left"] = Values.Of(undo.Left.Count == 0 ? "Nothing is left." : "Can't be undone: " + string.Join("; ", undo.Left.Select(one => $"{one.Action} on {one.Target}: {one.Why}{(one.Manifest is { } list ? $" (its list: {list.Name}, {list.Artifact})" : string.Empty)}")));
        inputs["undoes"] = JsonSerializer.SerializeToElement(undoes);
        return inputs;
    }

    private static IEnumerable<(UndoStep Step, string Name)> Named(UndoPlan undo) => undo.Inverses.Select((step, index) => (step, $"u{index + 1}"));
}
