using System.Xml.Linq;
using Responder.Playbooks.Graph;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Graph;

public sealed class GraphTests
{
    private static readonly Playbook Example = PlaybookReader.Read("p.yaml", Fixture.Example, ReadOptions.Neutral).Playbook!;

    [Fact]
    public void Every_step_is_drawn_once_with_its_place_and_line()
    {
        var drawn = Steps(GraphWriter.Svg(Example)).Select(step => ((string)step.Attribute("data-place")!, (string)step.Attribute("data-line")!)).Order().ToList();
        Assert.Equal(Example.AllSteps().Select(step => (step.Place, step.At.Line.ToString(System.Globalization.CultureInfo.InvariantCulture))).Order(), drawn);
    }

    [Fact]
    public void It_says_what_it_is_and_runs_nothing()
    {
        var svg = XDocument.Parse(GraphWriter.Svg(Example)).Root!;
        Assert.Equal("Local data staging (T1074.001)", svg.Elements().Single(element => element.Name.LocalName == "title").Value);
        Assert.Contains($"{Example.AllSteps().Count()} in all", svg.Elements().Single(element => element.Name.LocalName == "desc").Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", svg.Elements().Single(element => element.Name.LocalName == "style").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "foreignObject" or "a" or "image");
        Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "href");
    }

    [Fact]
    public void A_status_is_told_by_class_sign_and_word()
    {
        var svg = GraphWriter.Svg(Example, new Dictionary<string, string> { ["steps[6]"] = "waiting_approval" });
        var step = Steps(svg).Single(step => (string)step.Attribute("data-place")! == "steps[6]");
        Assert.Contains("s-waiting_approval", (string)step.Attribute("class")!, StringComparison.Ordinal);
        Assert.Contains("waiting approval", step.Elements().First().Value, StringComparison.Ordinal);
        Assert.Contains(step.Elements(), element => (string?)element.Attribute("class") == "mark" && element.Value == "?");
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var hostile = "</text><script>alert(1)</script>&\u202E\u0001\"'";
        var playbook = Example with { Name = hostile, Description = hostile, Steps = [.. Example.Steps.Select(step => step with { Name = hostile })] };
        var svg = XDocument.Parse(GraphWriter.Svg(playbook, new Dictionary<string, string> { ["steps[0]"] = hostile }));
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "script");
        Assert.DoesNotContain('\u202E', svg.ToString());
    }

    [Fact]
    public void No_two_boxes_lie_on_each_other()
    {
        var text = """
            id: p
            name: P
            vars: { n: 0 }
            steps:
              - parallel:
                  a:
                    - foreach: [1, 2]
                      steps:
                        - switch: item
                          cases: { "1": [ { wait: 1m } ], "2": [ { wait: 2m }, { if: vars.n > 1, then: [ { stop: { outcome: a } } ] } ] }
                  b: [ { try: [ { wait: 1m } ], catch: [ { wait: 2m, on_error: [ { wait: 3m } ] } ] } ]
                  c: [ { while: vars.n < 3, max: 3, steps: [ { parallel: { x: [ { wait: 1m } ], y: [ { wait: 2m } ] } } ] } ]
              - uses: edr.find_hosts
            on_failure: [ { wait: 1m } ]
            finally: [ { wait: 1m } ]
            """;
        var result = PlaybookReader.Read("p.yaml", text, ReadOptions.Neutral);
        Assert.NotNull(result.Playbook);
        var svg = XDocument.Parse(GraphWriter.Svg(result.Playbook));
        var boxes = svg.Descendants().Where(element => ((string?)element.Attribute("class"))?.StartsWith("box", StringComparison.Ordinal) == true)
            .Select(box => (X: (double)box.Attribute("x")!, Y: (double)box.Attribute("y")!, W: (double)box.Attribute("width")!, H: (double)box.Attribute("height")!)).ToList();
        var size = ((string)svg.Root!.Attribute("viewBox")!).Split(' ').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        for (var i = 0; i < boxes.Count; i++)
        {
            Assert.True(boxes[i].X >= 0 && boxes[i].Y >= 0 && boxes[i].X + boxes[i].W <= size[2] && boxes[i].Y + boxes[i].H <= size[3]);
            for (var j = 0; j < i; j++)
            {
                Assert.False(
                    boxes[i].X < boxes[j].X + boxes[j].W && boxes[j].X < boxes[i].X + boxes[i].W && boxes[i].Y < boxes[j].Y + boxes[j].H && boxes[j].Y < boxes[i].Y + boxes[i].H,
                    $"{boxes[i]} and {boxes[j]}");
            }
        }
    }

    private static IEnumerable<XElement> Steps(string svg) => XDocument.Parse(svg).Descendants().Where(element => element.Attribute("data-place") is not null);
}
