using Responder.Engine.Reports.Words;

namespace Responder.Web.Components.Parts;

/// <summary>
/// Text that others wrote, as pages show it: what hides is named, what is long is cut and said to be, and what is written from right to left turns nothing round
/// that stands beside it. Blazor escapes it.
/// </summary>
public static class Shown
{
    private const int LineMost = 300;
    private const int TextMost = 4_000;

    /// <summary>In one line.</summary>
    public static string Line(string? text, int most = LineMost) => text is null ? string.Empty : Alone(SafeText.Fit(text, most, static one => SafeText.Visible(one)));

    /// <summary>With its lines.</summary>
    public static string Lines(string? text, int most = TextMost) => text is null ? string.Empty : Alone(SafeText.Fit(text, most, static one => SafeText.Visible(one, lines: true)));

    /// <summary>The name of a state, in words.</summary>
    public static string Words(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Replace('_', ' ');
    }

    /// <summary>A length of time: <c>1 h 05 min</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(int)span.TotalDays} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{span.Hours} h {span.Minutes:00} min",
        { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds:00} s",
        { TotalSeconds: >= 10 } => $"{span.TotalSeconds:0} s",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
    };

    // Within FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9); the text's own marks are named by then, so none of them closes ours.
    private static string Alone(string text) => text.EnumerateRunes().Any(IsRightToLeft) ? string.Join('\n', text.Split('\n').Select(line => $"\u2068{line}\u2069")) : text;

    // The blocks of UCD's DerivedBidiClass whose default is R or AL.
    private static bool IsRightToLeft(System.Text.Rune rune) => rune.Value is >= 0x590 and <= 0x8FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;
}
