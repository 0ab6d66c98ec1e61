using System.Xml.Linq;

namespace Responder.Playbooks.Graph;

/// <summary>Colours and signs of the picture.</summary>
internal static class GraphStyle
{
    /// <summary>A status is told by a sign as well as by colour.</summary>
    public static string Mark(string status) => status switch
    {
        "succeeded" => "✓",
        "failed" or "timed_out" => "✗",
        "running" => "▶",
        "waiting_approval" => "?",
        "skipped" => "–",
        "rejected" => "⊘",
        "in_doubt" => "!",
        "undone" => "↺",
        _ => "·",
    };

    public static XElement Arrow() => new(
        Canvas.Svg + "marker",
        new XAttribute("id", "arrow"), new XAttribute("viewBox", "0 0 8 8"), new XAttribute("refX", "7"), new XAttribute("refY", "4"),
        new XAttribute("markerWidth", "8"), new XAttribute("markerHeight", "8"), new XAttribute("orient", "auto"),
        new XElement(Canvas.Svg + "path", new XAttribute("class", "head"), new XAttribute("d", "M0 0 L8 4 L0 8 Z")));

    // Each colour is given twice: some programs that show SVG know no variables.
    public const string Css = """

        .page { fill: #ffffff; }
        text { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1c2430; }
        .label { font-size: 13px; font-weight: 600; }
        .small { font-size: 11px; fill: #566173; }
        .head { font-weight: 600; }
        .mark { font-size: 13px; font-weight: 700; }
        .lines path { fill: none; stroke: #8a94a6; stroke-width: 1.5; }
        marker .head { fill: #8a94a6; stroke: none; }
        .box { fill: #f6f8fb; stroke: #8a94a6; stroke-width: 1.25; }
        .maybe { stroke-dasharray: 5 3; }
        .gate { fill: #fff3d6; stroke: #b7791f; }
        .bar { fill: #566173; }
        .frame .edge { fill: none; stroke: #8a94a6; stroke-dasharray: 2 4; }
        .aside .edge { fill: none; stroke: #b0b8c6; stroke-dasharray: none; }
        .k-start .box, .k-end .box { fill: #e8eefc; stroke: #4c6fbf; }
        .k-stop .box { fill: #f1e9f7; stroke: #7d4fa3; }
        .k-approval .box { fill: #fff3d6; stroke: #b7791f; }
        .k-if .box, .k-switch .box { fill: #eef4f3; stroke: #4a8a80; }
        .k-call .box { stroke-width: 2.5; }
        .s-succeeded > .box, .s-succeeded > .edge { fill: #e3f5e6; stroke: #2e7d3a; }
        .s-failed > .box, .s-timed_out > .box, .s-failed > .edge, .s-timed_out > .edge { fill: #fde7e7; stroke: #c62828; }
        .s-running > .box, .s-running > .edge { fill: #e0efff; stroke: #1565c0; stroke-width: 2.5; }
        .s-waiting_approval > .box { fill: #fff3d6; stroke: #b7791f; stroke-width: 2.5; }
        .s-skipped { opacity: 0.55; }
        .s-rejected > .box { fill: #fdebd8; stroke: #bf5b04; }
        .s-in_doubt > .box { fill: #f3e4fb; stroke: #8e24aa; stroke-width: 2.5; }
        .s-undone > .box { fill: #eceff3; stroke: #566173; }
        .frame.s-succeeded > .edge, .frame.s-failed > .edge, .frame.s-timed_out > .edge, .frame.s-running > .edge { fill: none; }
        @media (prefers-color-scheme: dark) {
          .page { fill: #12161d; }
          text { fill: #e6eaf0; }
          .small { fill: #a7b1c2; }
          .lines path { stroke: #77839a; }
          marker .head { fill: #77839a; }
          .box { fill: #1b222d; stroke: #77839a; }
          .gate, .k-approval .box, .s-waiting_approval > .box { fill: #3a2e12; stroke: #d9a441; }
          .bar { fill: #a7b1c2; }
          .k-start .box, .k-end .box { fill: #1b2740; stroke: #7c9be0; }
          .k-stop .box { fill: #2b1f36; stroke: #b38ad6; }
          .k-if .box, .k-switch .box { fill: #16292a; stroke: #6fb5a9; }
          .s-succeeded > .box { fill: #14301b; stroke: #66bb6a; }
          .s-failed > .box, .s-timed_out > .box { fill: #3a1717; stroke: #ef6c6c; }
          .s-running > .box { fill: #12283f; stroke: #64b5f6; }
          .s-rejected > .box { fill: #3a2410; stroke: #f0a05a; }
          .s-in_doubt > .box { fill: #2f1838; stroke: #ce7ee6; }
          .s-undone > .box { fill: #232a34; stroke: #a7b1c2; }
        }

        """;
}
