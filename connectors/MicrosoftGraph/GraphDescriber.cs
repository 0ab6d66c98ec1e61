using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;

namespace Responder.Connectors.MicrosoftGraph;

/// <summary>Says what an account is: what gives it rights, which of the company's tags it carries.</summary>
internal sealed class GraphDescriber(GraphUsers users, GraphGroups groups, GraphSettings settings) : ITargetDescriber
{
    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        if (kind != TargetKind.User)
        {
            throw new ActionFailure(FailureKind.Invalid, $"Entra ID knows no target of the kind {kind}.");
        }

        var user = await users.FindAsync(value, cancel);
        var member = await groups.OfAsync(user.Id!, cancel);
        string[] names = [.. new[] { user.UserPrincipalName, user.DisplayName, user.Mail, user.OnPremisesSamAccountName }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        List<string> tags = [.. settings.Tags.Where(tag => tag.Value.Any(place => member.All.Contains(place, StringComparer.OrdinalIgnoreCase) || names.Contains(place, StringComparer.OrdinalIgnoreCase))).Select(tag => tag.Key)];
        if (member.Privileged.Count > 0)
        {
            tags.Add("privileged");
        }

        var details = new Dictionary<string, string?>
        {
            ["department"] = user.Department,
            ["enabled"] = user.AccountEnabled == false ? "no" : "yes",
            ["on_premises_synced"] = user.OnPremisesSyncEnabled == true ? "yes" : "no",
            ["guest"] = user.UserType == "Guest" ? "yes" : null,
        };
        return new TargetFacts(
            kind, user.Id!, names, tags, member.Roles is [var role, ..] ? role : user.JobTitle, member.All, GraphUsers.ManagerOf(user),
            details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Key, detail => detail.Value!));
    }
}
