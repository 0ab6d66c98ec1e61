using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Tests.Rules;

/// <summary>The cases of <c>Fixtures/rules</c>: a file a rule, with texts that it must find and texts that it must not.</summary>
internal static class RuleCases
{
    private const string Head = """
        id: case
        name: Case
        """;

    private const string Parts = """
        on: { alert: { when: alert.severity_score > 50 } }
        inputs:
          hostname: { type: hostname, default: "${{ alert.device.hostname }}" }
          kind: { type: string, enum: [a, b], default: a }
          list: { type: "string[]", default: [] }
        vars: { n: 0, seen: false }
        """;

    private static readonly ReadOptions Served = ReadOptions.Neutral with
    {
        Connections = new Dictionary<string, IReadOnlyList<string>> { ["edr.find_hosts"] = ["falcon", "defender"] },
    };

    public static IEnumerable<(string Rule, string Says, string Text)> Bad() =>
        from file in Files()
        from item in ((YamlList)file.Root["bad"]!).Items.Cast<YamlMap>()
        select (file.Rule, ((YamlText)item["says"]!).Value, ((YamlText)item["text"]!).Value);

    public static IEnumerable<(string Rule, string Text)> Good() =>
        from file in Files()
        from item in ((YamlList)file.Root["good"]!).Items.Cast<YamlText>()
        select (file.Rule, item.Value);

    public static ReadResult Read(string text) => PlaybookReader.Read("case.yaml", Whole(text), text.StartsWith("#served", StringComparison.Ordinal) ? Served : ReadOptions.Neutral);

    private static string Whole(string text)
    {
        if (text.StartsWith("id:", StringComparison.Ordinal) || text.Contains("#whole", StringComparison.Ordinal))
        {
            return text;
        }

        return text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith('#') ? $"{Head}\n{Parts}\nsteps:\n{Indent(text)}\n" : $"{Head}\n{text}\nsteps:\n  - stop: {{ outcome: done }}\n";
    }

    // What is not indented in a case of steps goes on at the top level: on_failure.
    private static string Indent(string text)
    {
        var top = text.IndexOf("\non_failure:", StringComparison.Ordinal);
        var (steps, rest) = top < 0 ? (text, string.Empty) : (text[..top], text[top..]);
        return "  " + steps.Replace("\n", "\n  ", StringComparison.Ordinal) + rest;
    }

    private static IEnumerable<(string Rule, YamlMap Root)> Files() =>
        Directory.EnumerateFiles(Fixture.Path("rules"), "RSP*.yaml").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), (YamlMap)YamlReader.Read(File.ReadAllText(file)).Root!));
}
