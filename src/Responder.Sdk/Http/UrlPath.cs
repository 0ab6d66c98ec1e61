namespace Responder.Sdk.Http;

/// <summary>Values in a URL's path and query: each is one segment or one query value, whatever is in it.</summary>
public static class UrlPath
{
    /// <summary>The path and query of a template, each value escaped.</summary>
    /// <param name="template">The path with values.</param>
    /// <exception cref="ActionFailure">A value would be a step up (<c>.</c>, <c>..</c>), is empty as a segment, or is a <c>prefix(…)</c>.</exception>
    public static string Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Render((value, prefix) => prefix
            ? throw new ActionFailure(FailureKind.Invalid, "prefix(…) has no meaning in a URL path.")
            : Quote(value));
    }

    /// <summary>A value, escaped as one segment or query value.</summary>
    /// <param name="value">The value; often from an alert, so hostile.</param>
    /// <exception cref="ActionFailure">It is empty, <c>.</c> or <c>..</c>, which no escaping makes a segment of its own.</exception>
    public static string Quote(string value) => value is "" or "." or ".."
        ? throw new ActionFailure(FailureKind.Invalid, $"'{value}' can't be a part of a URL path.")
        : Uri.EscapeDataString(value);
}
