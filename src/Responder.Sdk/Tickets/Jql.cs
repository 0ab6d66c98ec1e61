namespace Responder.Sdk.Tickets;

/// <summary>Values in JQL.</summary>
public static class Jql
{
    /// <summary>The query of a template, each value quoted.</summary>
    /// <param name="template">JQL with values.</param>
    public static string Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Render(Quote);
    }

    /// <summary>A value as one JQL string. A prefix ends in <c>*</c>, for the <c>~</c> operator.</summary>
    /// <param name="value">The value; often from an alert, so hostile.</param>
    /// <param name="prefix">Written as <c>prefix(…)</c>.</param>
    public static string Quote(string value, bool prefix)
    {
        ArgumentNullException.ThrowIfNull(value);
        var escaped = value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal);
        return prefix ? $"\"{escaped}*\"" : $"\"{escaped}\"";
    }
}
