using System.Globalization;
using System.Text;
using Responder.Playbooks.Mappings;

namespace Responder.Playbooks.Tests.Mappings;

/// <summary>docs/alert-sources.md is what the mapping files say. To write it anew: set RESPONDER_WRITE_GOLDEN=1, run, and read the difference.</summary>
public sealed class SourceTableTests
{
    private static readonly string[] Asked = ["sysmon", "splunk", "crowdstrike", "defender", "graph", "sentinel", "elastic", "wazuh", "ocsf", "sigma", "jira"];

    [Fact]
    public void The_documented_tables_are_those_of_the_mapping_files()
    {
        var file = Repository.Path("docs/alert-sources.md");
        var text = Write(BuiltInMappings.Read());
        if (Environment.GetEnvironmentVariable("RESPONDER_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(text, File.ReadAllText(file).ReplaceLineEndings("\n"));
        Assert.All(Asked, source => Assert.Contains($"\n## {source}\n", text, StringComparison.Ordinal));
    }

    private static string Write(IReadOnlyList<SourceMapping> sources)
    {
        var text = new StringBuilder("""
            # Where each source has the fields of an alert

            Made from the mapping files in `connectors/Sources` (a test says that it is current); what the fields are and which type they have is in [alerts.md](alerts.md). Queries are JMESPath over the source's own
            document; `rows` are the documents of one alert, `windows` and, in a form that is a Windows event, the top are the event in its one form. A form marked *event* makes no alert by itself.

            """);
        foreach (var source in sources)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {source.Source}\n\n{source.Description}\n\n| form | taken where |\n| --- | --- |\n");
            foreach (var shape in source.Shapes)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {shape.Name}{(shape.IsEvent ? " (*event*)" : string.Empty)} | {Code(shape.When)}{(shape.Each is { } each ? $", each of {Code(each)}" : string.Empty)}");
                text.Append(CultureInfo.InvariantCulture, $"{(shape.GroupBy is { } by ? $", one alert for each {Code(by)}" : string.Empty)} |\n");
                foreach (var ignored in shape.Ignore)
                {
                    text.Append(CultureInfo.InvariantCulture, $"| | not where {Code(ignored.When)}: {ignored.Reason} |\n");
                }
            }

            text.Append("\n| field | where it is |\n| --- | --- |\n");
            foreach (var field in source.Shapes.SelectMany(shape => shape.Fields.Keys).Distinct())
            {
                var places = source.Shapes.Where(shape => shape.Fields.ContainsKey(field)).GroupBy(shape => shape.Fields[field].Source).ToList();
                text.Append(CultureInfo.InvariantCulture, $"| `{field}` | {string.Join("<br>", places.Select(place =>
                    Code(new Query(place.Key)) + (place.Count() == source.Shapes.Count ? string.Empty : $" ({string.Join(", ", place.Select(shape => shape.Name))})")))} |\n");
            }

            var made = source.Detections.Select(rule => rule.Title).Concat(source.Counts.Select(count => $"{count.Title} (counted)")).ToList();
            text.Append(made.Count > 0 ? $"\nEvents become alerts by: {string.Join("; ", made)}.\n" : string.Empty);
        }

        return text.ToString();
    }

    private static string Code(Query query)
    {
        var line = string.Join(' ', query.Source.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
        return line.Contains('`', StringComparison.Ordinal) ? $"`` {line} ``" : $"`{line}`";
    }
}
