using System.Globalization;
using System.Text;

namespace Responder.Engine.Tests.Alerts;

/// <summary>Every real alert and event comes out, or is refused with a reason; a table says how many of each. Where there is no folder of them, the tests with fixtures of our own stand alone.</summary>
public sealed class RealDataTests(ITestOutputHelper output)
{
    public static TheoryData<string> Sources_with_data() => RealData.Folder is null ? ["fixtures"] : [.. RealData.All().Select(one => one.Source).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sources_with_data))]
    public void Every_file_comes_out_or_is_refused_with_a_reason(string source)
    {
        var deliveries = source == "fixtures"
            ? [new Delivery("sysmon", "case", File.ReadAllBytes(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json")))]
            : RealData.All().Where(one => one.Source == source).ToList();
        int normalised = 0, refused = 0, agree = 0, both = 0, found = 0, explained = 0;
        var report = new StringBuilder();
        foreach (var delivery in deliveries)
        {
            var result = Sources.Normalizer.Normalize(delivery.Source, delivery.Body, Sources.Received);
            Assert.True(result.Alerts.Count + result.Refused.Count > 0, delivery.Name);
            normalised += result.Alerts.Count;
            refused += result.Refused.Count;
            found += Sources.Normalizer.Normalize("auto", delivery.Body, Sources.Received).Source == delivery.Source ? 1 : 0;
            foreach (var group in result.Refused.GroupBy(one => one.Reason))
            {
                Assert.NotEmpty(group.Key);
                report.AppendLine(CultureInfo.InvariantCulture, $"  refused {group.Count()} of {delivery.Name}: {group.Key}");
            }

            foreach (var alert in result.Alerts)
            {
                Assert.NotNull(alert.Title);
                _ = alert.ToJson();
            }

            foreach (var (field, ours, theirs, same) in delivery.Expected is { } ecs && result.Alerts.Count == 1 ? Oracle.Compare(result.Alerts[0], ecs) : [])
            {
                both++;
                agree += same ? 1 : 0;
                if (!same && Oracle.Reason(field, delivery.Name) is { } why)
                {
                    explained++;
                    report.AppendLine(CultureInfo.InvariantCulture, $"  {field} of {delivery.Name}: {why}");
                }
                else if (!same)
                {
                    report.AppendLine(CultureInfo.InvariantCulture, $"  {field} of {delivery.Name}: ours {ours}, theirs {theirs}");
                }
            }
        }

        var line = $"{source,-12} files {deliveries.Count,4}  normalised {normalised,5}  refused {refused,3}  fields agreed {agree}/{both} ({explained} explained)  found by auto {found}";
        output.WriteLine(line);
        output.WriteLine(report.ToString());
        TestContext.Current.SendDiagnosticMessage(line);
        Assert.True(normalised > 0, line);
        Assert.True(agree + explained == both, line + Environment.NewLine + report);
    }
}
