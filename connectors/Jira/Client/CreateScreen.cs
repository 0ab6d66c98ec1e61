using System.Globalization;
using System.Text.Json;

namespace Responder.Connectors.Jira.Client;

/// <summary>What a project's types take when a ticket of them is made.</summary>
internal sealed class CreateScreen(JiraClient jira)
{
    /// <summary>How a ticket of a type is joined to another that stands above it.</summary>
    public async Task<Joined> JoinAsync(string project, string type, CancellationToken cancel)
    {
        var types = $"issue/createmeta/{Uri.EscapeDataString(project)}/issuetypes";
        var found = (await PagesAsync(types, "issueTypes", cancel)).FirstOrDefault(one => string.Equals(Issues.Text(one, "name"), type, StringComparison.OrdinalIgnoreCase));
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            return Joined.ByLinkAfter;
        }

        return found.GetProperty("subtask").GetBoolean() ? Joined.AsChild
            : (await PagesAsync($"{types}/{Issues.Text(found, "id")}", "fields", cancel)).Any(TakesLinks) ? Joined.ByLink
            : Joined.ByLinkAfter;
    }

    private static bool TakesLinks(JsonElement field) => Issues.Text(field, "fieldId") == "issuelinks"
        && field.TryGetProperty("operations", out var operations) && operations.EnumerateArray().Any(operation => operation.ValueEquals("add"));

    /// <summary>Cloud names the list, Data Center calls it <c>values</c>; a Data Center before 8.4 has none of it.</summary>
    private async Task<IReadOnlyList<JsonElement>> PagesAsync(string path, string name, CancellationToken cancel)
    {
        var all = new List<JsonElement>();
        List<JsonElement> read;
        long total;
        do
        {
            var page = await jira.FindAsync(path, cancel, ("startAt", all.Count.ToString(CultureInfo.InvariantCulture)), ("maxResults", "50"));
            read = page is { } one && (one.TryGetProperty(name, out var list) || one.TryGetProperty("values", out list)) ? [.. list.EnumerateArray()] : [];
            total = read.Count > 0 && page!.Value.TryGetProperty("total", out var number) ? number.GetInt64() : 0;
            all.AddRange(read);
        }
        while (read.Count > 0 && all.Count < total);
        return all;
    }
}

/// <summary>How a ticket is joined to the one above it.</summary>
internal enum Joined
{
    /// <summary>It stands alone.</summary>
    Not,

    /// <summary>Its type is a sub-task: the other is its parent.</summary>
    AsChild,

    /// <summary>By a link that is made with it, in the same call.</summary>
    ByLink,

    /// <summary>By a link that is made after it: the screen for new tickets has no field for links.</summary>
    ByLinkAfter,
}
