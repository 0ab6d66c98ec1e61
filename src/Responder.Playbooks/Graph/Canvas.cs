using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Responder.Playbooks.Graph;

/// <summary>What is drawn: lines below, nodes above.</summary>
internal sealed class Canvas
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public XElement Lines { get; } = new(Svg + "g", new XAttribute("class", "lines"));

    public XElement Nodes { get; } = new(Svg + "g", new XAttribute("class", "nodes"));

    /// <summary>A line through points, with or without a head at its end.</summary>
    public void Line(bool head, params (double X, double Y)[] points)
    {
        var path = string.Join(' ', points.Select((point, index) => string.Create(CultureInfo.InvariantCulture, $"{(index == 0 ? 'M' : 'L')}{point.X:0.#} {point.Y:0.#}")));
        XElement line = new(Svg + "path", new XAttribute("d", path));
        if (head)
        {
            line.Add(new XAttribute("marker-end", "url(#arrow)"));
        }

        Lines.Add(line);
    }

    public static XElement Rect(double x, double y, double width, double height, double radius, string @class) => new(
        Svg + "rect", new XAttribute("class", @class), At("x", x), At("y", y), At("width", width), At("height", height), At("rx", radius));

    public static XElement Text(double x, double y, string text, string @class, string anchor = "middle") => new(
        Svg + "text", new XAttribute("class", @class), At("x", x), At("y", y), new XAttribute("text-anchor", anchor), Clean(text));

    /// <summary>A text cut to a width in pixels, at about <paramref name="per"/> a letter.</summary>
    public static string Fit(string text, double width, double per)
    {
        var line = string.Join(' ', text.Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
        var letters = (int)(width / per);
        return line.Length <= letters ? line : string.Concat(line.AsSpan(0, Math.Max(1, letters - 1)).TrimEnd(), "…");
    }

    /// <summary>Without what XML refuses, and without signs that turn the direction of text.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value)) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) ? "\uFFFD" : rune.ToString()));

    private static XAttribute At(string name, double value) => new(name, value.ToString("0.#", CultureInfo.InvariantCulture));
}
