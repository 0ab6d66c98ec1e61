using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>What an HTTP request does to the world is known only to its author.</summary>
internal sealed class RequestsSayWhatTheyDo : Rule
{
    /// <summary>The action whose effect nobody can know.</summary>
    public const string Request = "http.request";

    private static readonly string[] Recovering = ["recovery", "probe"];

    public override string Id => "RSP066";

    public override string Title => "`http.request` names its `connection` and says its `effect`; with an effect also `recovery` or `probe`.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>().Where(step => step.Uses == Request) ?? [])
        {
            var node = draft.NodeOf(step);
            if (!node.Has("connection"))
            {
                findings.Add(node.AtKey("uses"), "`http.request` needs `connection`: its base address and credential are there", "`with` takes the path alone");
            }

            if (!node.Has("effect"))
            {
                findings.Add(node.AtKey("uses"), "`http.request` needs `effect`: nobody else can know what it does", "write effect: read where it changes nothing");
            }
            else if (step.Effect is Effect.Read)
            {
                foreach (var key in Recovering.Where(node.Has))
                {
                    findings.Add(node.AtKey(key), $"a request without effect is simply repeated; `{key}` has no meaning");
                }
            }
            else if (step.Effect is not null && node.Has("recovery") == node.Has("probe"))
            {
                findings.Add(
                    node.Has("probe") ? node.AtKey("probe") : node.AtKey("effect"),
                    "a request with an effect says how an attempt whose end is unknown is taken up: either `recovery` or `probe`",
                    "recovery: repeat where twice equals once; recovery: ask; or probe: {with, happened}");
            }
        }
    }
}
