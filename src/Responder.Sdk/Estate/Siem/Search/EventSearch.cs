using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Sdk.Estate;

/// <summary>
/// Searches the made-up index with as much of SPL as playbooks use: terms with AND, OR, NOT and wildcards, then
/// <c>where</c>, <c>stats</c>, <c>rename</c>, <c>sort</c>, <c>head</c>, <c>dedup</c>, <c>table</c> and <c>fields</c>.
/// </summary>
public static class EventSearch
{
    /// <summary>Searches.</summary>
    /// <param name="company">The company.</param>
    /// <param name="query">SPL, values quoted.</param>
    /// <param name="earliest">From when.</param>
    /// <param name="latest">Until when, not itself; now is the latest that makes sense.</param>
    /// <returns>The rows, and whether the query's last word is one count.</returns>
    /// <exception cref="ActionFailure">The query is wrong, writes, or uses what this index does not know.</exception>
    public static SearchAnswer Run(Company company, string query, DateTimeOffset? earliest, DateTimeOffset? latest)
    {
        ArgumentNullException.ThrowIfNull(company);
        Sdk.Siem.Spl.RefuseWriting(query);
        var stages = SplWords.Stages(query);
        var terms = SearchTerms.Parse(stages[0]);
        var rows = IndexEvents.Of(company)
            .Where(row => row.Time >= (earliest ?? DateTimeOffset.MinValue) && row.Time < (latest ?? DateTimeOffset.MaxValue) && terms(row))
            .OrderByDescending(row => row.Time)
            .ToList();
        SearchCommand? last = null;
        foreach (var stage in stages.Skip(1))
        {
            last = SearchCommand.Parse(stage);
            rows = last.Apply(rows);
        }

        return new SearchAnswer(rows, last is StatsCommand { IsOneNumber: true });
    }
}

/// <summary>What a search found.</summary>
public sealed class SearchAnswer
{
    internal SearchAnswer(List<SearchRow> rows, bool oneNumber)
    {
        Rows = [.. rows.Select(row => row.ToJson())];
        Count = oneNumber && rows is [var only] && only.Fields.Values.FirstOrDefault() is { } value
            ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
            : rows.Count;
    }

    /// <summary>The rows; numbers are numbers.</summary>
    public IReadOnlyList<JsonElement> Rows { get; }

    /// <summary>Where the search ends in <c>stats count</c> its one number, else how many rows there are.</summary>
    public long Count { get; }
}

/// <summary>One row: fields to text or numbers, in order.</summary>
internal sealed class SearchRow
{
    /// <summary>The event's time; the beginning of time for a row that sums events up.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The fields: <see cref="string"/>, <see cref="long"/> or <see cref="double"/>.</summary>
    public OrderedDictionary<string, object> Fields { get; init; } = new(StringComparer.Ordinal);

    public static double? Number(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        string text when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => null,
    };

    public static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>Less than zero, zero, or more, as numbers where both are, else as text.</summary>
    public static int Compare(object left, object right, StringComparison comparison) => Number(left) is { } first && Number(right) is { } second
        ? first.CompareTo(second)
        : string.Compare(Text(left), Text(right), comparison);

    public JsonElement ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in Fields)
        {
            json[name] = value switch { long whole => whole, double number => number, _ => (string)value };
        }

        return JsonSerializer.SerializeToElement(json, Json.Options);
    }
}
