using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Responder.Sdk.Siem;

/// <summary>Values in Splunk's search language, and what may not be searched with.</summary>
public static class Spl
{
    /// <summary>Commands that write, send or run something.</summary>
    private static readonly FrozenSet<string> Writing = new[]
    {
        "collect", "delete", "dump", "map", "mcollect", "meventcollect", "outputcsv", "outputlookup", "outputtelemetry", "outputtext", "run", "runshellscript",
        "script", "sendalert", "sendemail", "sendresults", "stash", "summaryindex", "sumindex", "tscollect",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The query of a template, each value quoted for the place it stands in.</summary>
    /// <param name="template">SPL with values.</param>
    /// <returns>The query; it writes nothing.</returns>
    /// <exception cref="ActionFailure">A command writes, or a value can't be quoted where it stands.</exception>
    public static string Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var text = new StringBuilder();
        foreach (var part in template.Parts)
        {
            text.Append(part.Literal ?? Quote(part.Value!, part.IsPrefix, CommandAt(text.ToString())));
        }

        var query = text.ToString();
        RefuseWriting(query);
        return query;
    }

    /// <summary>A value as one SPL value.</summary>
    /// <param name="value">The value; often from an alert, so hostile.</param>
    /// <param name="prefix">Written as <c>prefix(…)</c>: a <c>*</c> follows it.</param>
    /// <param name="command">The command that it stands in: <c>search</c> or <c>where</c>, say.</param>
    /// <exception cref="ActionFailure">It holds a <c>*</c> in a search, where nothing can quote one; or a prefix stands where there are no wildcards.</exception>
    public static string Quote(string value, bool prefix, string command = "search")
    {
        ArgumentNullException.ThrowIfNull(value);
        var searching = string.Equals(command, "search", StringComparison.OrdinalIgnoreCase);
        if (searching && value.Contains('*', StringComparison.Ordinal))
        {
            throw new ActionFailure(
                FailureKind.Invalid, $"'{value}' holds a '*', and a search reads that as anything; nothing can quote it there. Compare it in '| where field=…', where it is a plain character.");
        }

        if (prefix && !searching)
        {
            throw new ActionFailure(FailureKind.Invalid, $"prefix(…) works in a search only, not in '| {command}'.");
        }

        if (!searching && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            return value;
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in value)
        {
            // A line break would end nothing, but a log of the query should stay one line.
            quoted.Append(letter switch { '"' => "\\\"", '\\' => @"\\", '\r' or '\n' => " ", _ => letter.ToString() });
        }

        return quoted.Append(prefix ? "*\"" : "\"").ToString();
    }

    /// <summary>Refuses a query with a command that writes.</summary>
    /// <param name="query">The query, values quoted.</param>
    /// <exception cref="ActionFailure">It has one.</exception>
    public static void RefuseWriting(string query)
    {
        foreach (var command in Commands(query))
        {
            if (Writing.Contains(command))
            {
                throw new ActionFailure(FailureKind.Invalid, $"'{command}' does more than search. A siem.search only reads: take it out of the query.");
            }

            if (command.StartsWith('`'))
            {
                throw new ActionFailure(FailureKind.Invalid, $"{command} is a macro, and what it does is not known here. Write out what it stands for.");
            }
        }
    }

    /// <summary>The commands of a query in their order, subsearches included; a query that begins with terms begins with <c>search</c>.</summary>
    /// <param name="query">The query.</param>
    internal static IReadOnlyList<string> Commands(string query)
    {
        var found = new List<string>();
        var start = true;
        var quoted = false;
        for (var index = 0; index < query.Length; index++)
        {
            var letter = query[index];
            if (quoted)
            {
                index += letter == '\\' ? 1 : 0;
                quoted = letter != '"';
                continue;
            }

            if (letter is '|' or '[')
            {
                start = true;
            }
            else if (letter == '`')
            {
                var end = query.IndexOf('`', index + 1);
                end = end < 0 ? query.Length - 1 : end;
                found.Add(query[index..(end + 1)]);
                index = end;
                start = false;
            }
            else if (start && !char.IsWhiteSpace(letter))
            {
                var end = index;
                while (end < query.Length && (char.IsLetterOrDigit(query[end]) || query[end] == '_'))
                {
                    end++;
                }

                found.Add(query[index..end]);
                start = false;
                index = Math.Max(index, end - 1);
                quoted = letter == '"';
            }
            else if (letter == '"')
            {
                quoted = true;
            }
        }

        return found;
    }

    /// <summary>The command that the end of a query is in.</summary>
    private static string CommandAt(string query)
    {
        var quoted = false;
        var from = 0;
        for (var index = 0; index < query.Length; index++)
        {
            index += quoted && query[index] == '\\' ? 1 : 0;
            if (index < query.Length && query[index] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && index < query.Length && query[index] is '|' or '[' or ']')
            {
                from = index + 1;
            }
        }

        if (quoted)
        {
            throw new ActionFailure(FailureKind.Invalid, "A value of the query stands inside quotation marks. Write it without: it is quoted for you.");
        }

        var word = query[from..].TrimStart();
        var length = word.TakeWhile(char.IsLetter).Count();
        var command = word[..length];
        return from == 0 || command.Length == 0 ? "search" : command;
    }
}
