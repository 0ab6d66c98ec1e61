using System.Globalization;
using System.Xml.Linq;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Graph;

/// <summary>A playbook as a picture: SVG, no script, light and dark by the reader's choice, every text escaped.</summary>
/// <remarks>
/// A playbook is nested lists, so its picture is nested boxes: laid out from the inside out, each list from top to bottom, ways beside each other. A layout for free
/// graphs would take the lists apart and put them together again.
/// </remarks>
public static class GraphWriter
{
    private const double Margin = 24;

    /// <summary>Draws a playbook.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="statusByPlace">A step's place to its status (<c>succeeded</c>, <c>waiting_approval</c>, …), to colour what happened; null for the plain picture.</param>
    /// <param name="styled">False where it is put into a page that has its own styles for it.</param>
    /// <returns>A whole SVG document. Each step is a group with <c>data-place</c> and <c>data-line</c>.</returns>
    public static string Svg(Playbook playbook, IReadOnlyDictionary<string, string>? statusByPlace = null, bool styled = true)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var blocks = new BlockBuilder(statusByPlace ?? new Dictionary<string, string>());
        var parts = new List<Block> { blocks.Main(playbook) };
        if (playbook.OnFailure.Count > 0)
        {
            parts.Add(new FrameBlock("when the run fails", blocks.List(playbook.OnFailure), "frame aside", Loops: false));
        }

        if (playbook.Finally.Count > 0)
        {
            parts.Add(new FrameBlock("at every end", blocks.List(playbook.Finally), "frame aside", Loops: false));
        }

        var canvas = new Canvas();
        var x = Margin;
        foreach (var part in parts)
        {
            part.Draw(canvas, x, Margin);
            x += part.Width + (2 * Margin);
        }

        var (width, height) = (x - Margin, parts.Max(part => part.Height) + (2 * Margin));
        return Document(playbook, canvas, width, height, styled);
    }

    private static string Document(Playbook playbook, Canvas canvas, double width, double height, bool styled)
    {
        var steps = playbook.AllSteps().Count();
        XElement svg = new(
            Canvas.Svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.#} {height:0.#}")),
            new XAttribute("width", width.ToString("0.#", CultureInfo.InvariantCulture)),
            new XAttribute("height", height.ToString("0.#", CultureInfo.InvariantCulture)),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", "graph-title graph-desc"),
            new XElement(Canvas.Svg + "title", new XAttribute("id", "graph-title"), Canvas.Clean(playbook.Name)),
            new XElement(Canvas.Svg + "desc", new XAttribute("id", "graph-desc"), Canvas.Clean($"The steps of the playbook {playbook.Id}, from top to bottom: {steps} in all. {playbook.Description?.Trim()}")),
            styled ? new XElement(Canvas.Svg + "style", GraphStyle.Css) : null,
            new XElement(Canvas.Svg + "defs", GraphStyle.Arrow()),
            new XElement(Canvas.Svg + "rect", new XAttribute("class", "page"), new XAttribute("width", "100%"), new XAttribute("height", "100%")),
            canvas.Lines,
            canvas.Nodes);
        return new XDocument(svg).ToString(SaveOptions.None) + "\n";
    }
}
