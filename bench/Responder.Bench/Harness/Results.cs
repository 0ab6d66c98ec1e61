using System.CommandLine;
using System.Text.Json;
using Responder.Sdk;

namespace Responder.Bench.Harness;

/// <summary>What was measured: one row each, as a table for people or as JSON.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    public static Option<string> Output()
    {
        var option = new Option<string>("--output") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    public static void Print<T>(string output, string title, IReadOnlyList<T> rows)
        where T : notnull
    {
        if (output == "json")
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { bench = title, machine = Machine(), rows }, Indented));
            return;
        }

        var table = rows.Select(row => JsonSerializer.SerializeToElement(row, Json.Options).EnumerateObject().Select(one => (one.Name, Value: one.Value.ToString())).ToList()).ToList();
        Console.Out.WriteLine($"{title}  ({Machine()})");
        var widths = table[0].Select((column, i) => Math.Max(column.Name.Length, table.Max(row => row[i].Value.Length))).ToList();
        Console.Out.WriteLine(string.Join("  ", table[0].Select((column, i) => column.Name.PadLeft(widths[i]))));
        foreach (var row in table)
        {
            Console.Out.WriteLine(string.Join("  ", row.Select((column, i) => column.Value.PadLeft(widths[i]))));
        }
    }

    private static string Machine() => $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024)} GB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
}
