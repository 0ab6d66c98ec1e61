using System.Globalization;
using System.Text.RegularExpressions;
using Responder.Sdk;

namespace Responder.Connectors.Jira.Client;

/// <summary>Keys of tickets.</summary>
internal static partial class IssueKey
{
    /// <summary>A key, good in a path.</summary>
    /// <exception cref="ActionFailure">It is none.</exception>
    public static string Check(string key) => Form().IsMatch(key) ? key : throw new ActionFailure(FailureKind.Invalid, $"'{key}' is no key of a ticket; one looks like SOC-142.");

    /// <summary>The number of a key.</summary>
    public static int NumberOf(string key) => int.Parse(key.AsSpan(key.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>The project of a key.</summary>
    public static string ProjectOf(string key) => key[..key.LastIndexOf('-')];

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*-[0-9]{1,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
