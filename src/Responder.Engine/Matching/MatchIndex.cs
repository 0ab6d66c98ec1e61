using System.Collections;
using Responder.Engine.Alerts;
using Responder.Playbooks.Language;

namespace Responder.Engine.Matching;

/// <summary>
/// Playbooks by what their <c>when</c> surely needs, so that an alert is tried on few of many. It only leaves out what is false for certain:
/// what it can't read in an expression is tried on every alert.
/// </summary>
internal sealed class MatchIndex
{
    private readonly Guard[] _guards;
    private readonly Dictionary<string, BitArray> _byTechnique = new(StringComparer.Ordinal);
    private readonly BitArray _others;

    public MatchIndex(IReadOnlyList<Playbook> playbooks)
    {
        Playbooks = playbooks;
        _guards = [.. playbooks.Select(one => GuardReader.Read(one.On.Alert!.When.Source))];
        _others = new BitArray(playbooks.Count);
        for (var i = 0; i < _guards.Length; i++)
        {
            if (_guards[i].Techniques is not { } techniques)
            {
                _others[i] = true;
                continue;
            }

            foreach (var technique in techniques)
            {
                if (!_byTechnique.TryGetValue(technique, out var bits))
                {
                    _byTechnique[technique] = bits = new BitArray(playbooks.Count);
                }

                bits[i] = true;
            }
        }
    }

    public IReadOnlyList<Playbook> Playbooks { get; }

    public BitArray Candidates(Alert alert)
    {
        var candidates = new BitArray(_others);
        foreach (var technique in alert.Attack)
        {
            if (_byTechnique.TryGetValue(technique, out var bits))
            {
                candidates.Or(bits);
            }
        }

        for (var i = 0; i < _guards.Length; i++)
        {
            if (candidates[i] && !_guards[i].MayBeTrue(alert))
            {
                candidates[i] = false;
            }
        }

        return candidates;
    }
}
