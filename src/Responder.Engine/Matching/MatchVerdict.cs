using System.Text.Json;
using Acornima;
using Acornima.Ast;
using Responder.Engine.Alerts;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Engine.Matching;

/// <summary>How one playbook stands to an alert, with the reason, for people.</summary>
/// <param name="Playbook">Its id.</param>
/// <param name="Verdict"><c>true</c>, <c>false</c>, <c>failed</c> or <c>refused</c> (true, but an input is missing or wrong).</param>
/// <param name="Reason">The part of <c>when</c> that was not true, how it failed, or what is wrong with an input; null where it starts.</param>
/// <param name="File">Its file.</param>
/// <param name="Line">Where in it.</param>
/// <param name="Inputs">What a run would begin with; null where none would.</param>
/// <param name="DedupeKey">Alerts of the same key are attached to its run.</param>
/// <param name="ConcurrencyKey">One run at a time for it.</param>
public sealed record MatchVerdict(
    string Playbook, string Verdict, string? Reason, string File, int Line, JsonElement? Inputs = null, string? DedupeKey = null, string? ConcurrencyKey = null)
{
    /// <summary>How each playbook stands to an alert. Slower than matching: each false <c>when</c> is taken apart.</summary>
    /// <param name="playbooks">The playbooks; those without <c>on.alert</c> are left out.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<MatchVerdict> Of(IEnumerable<Playbook> playbooks, Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(playbooks);
        ArgumentNullException.ThrowIfNull(alert);
        var scope = new StartScope(alert.ToJson(), now);
        return [.. playbooks.Where(one => one.On.Alert is not null).Select(one => Of(one, alert, scope, now))];
    }

    private static MatchVerdict Of(Playbook playbook, Alert alert, StartScope scope, DateTimeOffset now)
    {
        var result = new Matcher([playbook]).Match(alert, now);
        var line = playbook.On.Alert!.When.At.Line;
        if (result.Starts is [var start])
        {
            return new MatchVerdict(playbook.Id, "true", null, playbook.File, line, start.Inputs, start.DedupeKey, start.ConcurrencyKey);
        }

        return result.Explanation switch
        {
            { Failed: [var failed, ..] } => new MatchVerdict(playbook.Id, "failed", failed.Reason, failed.File, failed.Line),
            { Refused: [var refused, ..] } => new MatchVerdict(playbook.Id, "refused", string.Join(' ', result.Explanation.Refused.Select(one => one.Reason)), refused.File, refused.Line),
            _ => new MatchVerdict(playbook.Id, "false", $"not true: {FirstFalse(playbook.On.Alert.When.Source, scope)}", playbook.File, line),
        };
    }

    // The first of the terms joined by && that is not true by itself, as its author wrote it.
    private static string FirstFalse(string source, StartScope scope)
    {
        try
        {
            foreach (var term in Terms(new Parser().ParseExpression(source)))
            {
                var text = source[term.Range.Start..term.Range.End];
                if (ExpressionParser.Parse(text, default).Expression is { } expression && !expression.IsTrue(scope))
                {
                    return text;
                }
            }
        }
        catch (Exception failure) when (failure is ParseErrorException or ExpressionFailure)
        {
            // The whole says it then.
        }

        return source;
    }

    private static IEnumerable<Node> Terms(Node node) => node is LogicalExpression { Operator: Operator.LogicalAnd } both ? Terms(both.Left).Concat(Terms(both.Right)) : [node];
}
