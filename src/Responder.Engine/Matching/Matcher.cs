using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Engine.Matching;

/// <summary>Says which playbooks an alert starts, and why not the others. Made anew when playbooks are loaded; safe for many threads.</summary>
public sealed class Matcher
{
    private readonly MatchIndex _index;

    /// <summary>Makes it ready for a set of playbooks; those without <c>on.alert</c> are left out.</summary>
    /// <param name="playbooks">The playbooks.</param>
    public Matcher(IEnumerable<Playbook> playbooks) => _index = new MatchIndex([.. playbooks.Where(one => one.On.Alert is not null)]);

    /// <summary>Matches an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="now">The time that <c>now()</c> gives.</param>
    public MatchResult Match(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return Match(alert, alert.ToJson(), now);
    }

    /// <summary>Matches an alert whose JSON is at hand already.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="json">Its <see cref="Alert.ToJson"/>.</param>
    /// <param name="now">The time that <c>now()</c> gives.</param>
    public MatchResult Match(Alert alert, JsonElement json, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var scope = new StartScope(json, now);
        var starts = new List<PlannedStart>();
        List<string> yes = [], no = [];
        List<MatchProblem> failed = [], refused = [];
        var candidates = _index.Candidates(alert);
        for (var i = 0; i < _index.Playbooks.Count; i++)
        {
            var playbook = _index.Playbooks[i];
            if (!candidates[i])
            {
                no.Add(playbook.Id);
                continue;
            }

            switch (IsTrue(playbook, scope, failed))
            {
                case false:
                    no.Add(playbook.Id);
                    break;
                case true when StartResolver.Resolve(playbook, json, null, now) is var resolution:
                    refused.AddRange(resolution.Problems);
                    if (resolution.Start is { } start)
                    {
                        starts.Add(start);
                        yes.Add(playbook.Id);
                    }

                    break;
            }
        }

        return new MatchResult(starts, new MatchExplanation(yes, no, failed, refused));
    }

    private static bool? IsTrue(Playbook playbook, StartScope scope, List<MatchProblem> failed)
    {
        try
        {
            return playbook.On.Alert!.When.IsTrue(scope);
        }
        catch (ExpressionFailure failure)
        {
            failed.Add(new MatchProblem(playbook.Id, failure.Message, playbook.File, failure.At.Line, failure.At.Column));
            return null;
        }
    }
}
