using System.Globalization;
using System.Text;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Engine.Policy;
using Responder.Engine.Runs;
using Responder.Engine.Steps;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Undo;

/// <summary>
/// The run that sees to the end of a lease: it asks to extend or release, and where nobody says, it releases at the end, or keeps the containment and asks a
/// lead, as the terms say. Values that come from an alert go in as inputs, never as text of the playbook.
/// </summary>
public static class LeaseRun
{
    /// <summary>The outcome of a run that gave back.</summary>
    public const string Released = "released";

    private const string Id = "lease";

    /// <summary>What the lease is on; kept among the run's inputs.</summary>
    /// <param name="Path">The holder's step.</param>
    /// <param name="Connection">The connection.</param>
    /// <param name="Target">Kind and canonical id.</param>
    /// <param name="Seconds">How long it is extended.</param>
    public sealed record Subject(string Path, string Connection, string Target, double Seconds);

    /// <summary>The definition and the start; null where the inverse can't be called any more.</summary>
    /// <param name="row">The holder's line in the ledger; it has an end.</param>
    /// <param name="holder">The holder's step.</param>
    /// <param name="terms">What was agreed.</param>
    /// <param name="connections">What is configured now.</param>
    /// <param name="now">The time.</param>
    public static (Plan Plan, PlannedStart Start)? Make(EffectRow row, StepState holder, LeaseTerms terms, IConnections connections, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(connections);
        if (connections.Catalog.Find(row.Action) is not { Undo: { } undo } || connections.Named(row.Connection)?.Actions.ContainsKey(undo) != true)
        {
            return null;
        }

        var inverse = connections.Catalog.Find(undo)!;
        var fields = inverse.Targets.Where(field => holder.Inputs!.Value.TryGetProperty(field.Name, out _)).ToDictionary(field => field.Name, field => holder.Inputs!.Value.GetProperty(field.Name));
        var library = PlaybookLibrary.Load([($"{Id}/playbook.yaml", Text(undo, row, terms, fields.Keys, row.Until!.Value - now))], new ReadOptions { Catalog = connections.Catalog });
        if (!library.Playbooks.TryGetValue(Id, out var playbook))
        {
            throw new InvalidOperationException($"The end of a lease could not be written: {string.Join(' ', library.Problems.Where(one => one.Level == ProblemLevel.Error))}");
        }

        var start = StartResolver.Resolve(playbook, null, Inputs(row, terms, fields), now);
        return start.Start is { } made
            ? (PlanCompiler.Compile(Id, library), made with { DedupeKey = KeyOf(row), DedupeWindow = TimeSpan.FromDays(365) })
            : throw new InvalidOperationException($"The end of a lease can't be seen to: {string.Join(' ', start.Problems.Select(one => one.Reason))}");
    }

    /// <summary>One run for each end of a lease, over all nodes.</summary>
    /// <param name="row">The holder's line.</param>
    public static string KeyOf(EffectRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return $"{row.RunId}|{row.Path}|{row.Connection}|{row.Target}|{row.Until?.ToUnixTimeMilliseconds()}";
    }

    private static string Text(string undo, EffectRow row, LeaseTerms terms, IEnumerable<string> fields, TimeSpan left)
    {
        var (inputs, with) = (new StringBuilder(), new StringBuilder());
        foreach (var field in fields)
        {
            inputs.Append($"  f_{field}: {{ type: string }}\n");
            with.Append($" {field}: \"${{{{ inputs.f_{field} }}}}\",");
        }

        var keep = terms.AtEnd == LeaseTerms.Keep;
        var release = $"- {{ id: give_back, uses: {undo}, connection: {row.Connection}, with: {{{with.ToString().TrimEnd(',')} }} }}";
        var seconds = Math.Max(1, (long)left.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var escalation = !keep ? string.Empty : $$$"""
              - if: steps.ask.choice == 'keep'
                then:
                  - id: lead
                    approval:
                      title: Its lease is over and ${{ inputs.action }} on ${{ inputs.target }} was kept. Extend it or release?
                      roles: [lead]
                      choices: [extend, release]
                      timeout: 1d
                      on_timeout: extend
                      evidence: [inputs.why]
                  - if: steps.lead.choice == 'release'
                    then:
                      {{{release.Replace("give_back", "give_back_later", StringComparison.Ordinal)}}}
                      - stop: { outcome: {{{Released}}} }
            """;
        return $$$"""
            id: {{{Id}}}
            name: The end of a lease
            on: { manual: true }
            inputs:
              run: { type: string }
              action: { type: string }
              target: { type: string }
              why: { type: string }
              lease: { type: object }
            {{{inputs}}}
            steps:
              - id: ask
                approval:
                  title: Extend ${{ inputs.action }} on ${{ inputs.target }}, or release?
                  roles: [{{{string.Join(", ", terms.Roles)}}}]
                  choices: [extend, release{{{(keep ? ", keep" : string.Empty)}}}]
                  timeout: {{{seconds}}}s
                  on_timeout: {{{(keep ? LeaseTerms.Keep : LeaseTerms.Release)}}}
                  evidence: [inputs.why]
              - if: steps.ask.choice == 'release'
                then:
                  {{{release}}}
                  - stop: { outcome: {{{Released}}} }
            {{{escalation}}}
              - stop: { outcome: extended }

            """;
    }

    private static Dictionary<string, JsonElement> Inputs(EffectRow row, LeaseTerms terms, Dictionary<string, JsonElement> fields)
    {
        var inputs = fields.ToDictionary(one => $"f_{one.Key}", one => one.Value);
        inputs["run"] = Values.Of(row.RunId);
        inputs["action"] = Values.Of(row.Action);
        inputs["target"] = Values.Of(row.TargetName);
        inputs["why"] = Values.Of($"Run {row.RunId} did {row.Action} on {row.TargetName} at {Json.Time(row.At)}; its lease ends at {Json.Time(row.Until!.Value)}. Where nobody says, it is {(terms.AtEnd == LeaseTerms.Keep ? "kept, and a lead is asked" : "released")}.");
        inputs["lease"] = Values.Of(new Subject(row.Path, row.Connection, row.Target, terms.Seconds));
        return inputs;
    }
}
