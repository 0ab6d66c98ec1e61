using System.Text;
using Responder.Engine.Alerts;
using Responder.Playbooks.Mappings;
using Responder.Playbooks.Mappings.Sigma;

namespace Responder.Engine.Tests.Alerts;

/// <summary>
/// Events that a Sigma rule's authors keep as its regression test are matched by the rule's own text. The events are in the folder of real data; the rules
/// are read from a checkout of SigmaHQ/sigma that <c>RESPONDER_SIGMA_RULES</c> names. Where either is missing, a pair of our own in their form is the only row.
/// </summary>
public sealed class SigmaPairTests
{
    private const string Own = "a pair of our own";
    private const string OwnRule = """
        title: Documents Copied By A Loop Of The Shell
        id: 0b0e0d3c-7a55-4d57-9d0a-3f5d0c3c1a11
        status: test
        logsource: { category: process_creation, product: windows }
        detection:
          shell: { Image|endswith: '\cmd.exe', CommandLine|contains|all: ['for /R', ' do copy '] }
          condition: shell
        level: low
        tags: [attack.collection, attack.t1005]
        """;

    private static readonly string? Rules = Environment.GetEnvironmentVariable("RESPONDER_SIGMA_RULES") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    public static TheoryData<string> Pairs => [Own, .. Rules is null || RealData.Folder is not { } root
        ? []
        : RealData.SigmaPairs(root).Where(pair => File.Exists(Path.Combine(Rules, pair.RulePath))).Select(pair => pair.Name)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_event_is_found_by_its_rule(string name)
    {
        var (text, @event) = Read(name);
        var rules = SigmaReader.Read(text, name);

        var result = new AlertNormalizer(BuiltInMappings.Read(), rules: rules).Normalize("sysmon", @event, Sources.Received);

        Assert.Contains(result.Alerts, alert => alert.Title == rules[0].Title || alert.Notes.Any(note => note.Contains(rules[0].Title, StringComparison.Ordinal)));
    }

    private static (string Rule, byte[] Event) Read(string name)
    {
        if (name == Own)
        {
            return (OwnRule, Encoding.UTF8.GetBytes(Staging.ProcessCreated(@"cmd /c for /R D:\ %i in (*.docx) do copy %i E:\", @"C:\Windows\System32\cmd.exe")));
        }

        var pair = RealData.SigmaPairs(RealData.Folder!).Single(one => one.Name == name);
        return (File.ReadAllText(Path.Combine(Rules!, pair.RulePath)), pair.Event);
    }
}
