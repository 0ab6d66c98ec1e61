using System.Text.Json;
using Responder.Playbooks.Mappings;
using Responder.Playbooks.Mappings.Sigma;

namespace Responder.Engine.Alerts;

/// <summary>Turns what a source sends into the normal form. Pure: the same body at the same time gives the same alerts. Safe for many threads.</summary>
/// <param name="mappings">The sources' mappings; <c>generic</c> needs none.</param>
/// <param name="limits">How much is taken; the defaults where null.</param>
/// <param name="rules">Rules in Sigma's form besides those in the mappings: an event that one matches is an alert.</param>
public sealed class AlertNormalizer(IReadOnlyList<SourceMapping> mappings, AlertLimits? limits = null, IReadOnlyList<SigmaRule>? rules = null)
{
    /// <summary>The source of the normal form itself.</summary>
    public const string Generic = "generic";

    /// <summary>Finds the source by the alert's shape.</summary>
    public const string Auto = "auto";

    private readonly AlertLimits _limits = limits ?? AlertLimits.Default;
    private readonly DetectionSet _detections = new([.. mappings.SelectMany(one => one.Detections), .. rules ?? []]);
    private readonly Dictionary<string, SourceMapping> _mappings = mappings.ToDictionary(one => one.Source, StringComparer.Ordinal);

    /// <summary>The names that <c>Normalize</c> takes, save <c>auto</c>.</summary>
    public IReadOnlyList<string> Sources => [.. _mappings.Keys.Append(Generic).Order(StringComparer.Ordinal)];

    /// <summary>True where there is such a source, or it is <c>auto</c>.</summary>
    /// <param name="source">Its name.</param>
    public bool Knows(string source) => source is Generic or Auto || _mappings.ContainsKey(source);

    /// <summary>Reads a body: JSON (an alert or an array), one JSON document a line, or Windows events as XML; UTF-8, or UTF-16 with its mark.</summary>
    /// <param name="source">The source's name, or <c>auto</c>.</param>
    /// <param name="body">As received.</param>
    /// <param name="receivedAt">When.</param>
    /// <exception cref="ArgumentException">There is no such source; ask <see cref="Knows"/>.</exception>
    public NormalizeResult Normalize(string source, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt) => Normalize(source, BodyText.Decode(body.Span), receivedAt);

    /// <summary>Reads a body that was JSON already.</summary>
    /// <param name="source">The source's name, or <c>auto</c>.</param>
    /// <param name="body">As received.</param>
    /// <param name="receivedAt">When.</param>
    /// <exception cref="ArgumentException">There is no such source; ask <see cref="Knows"/>.</exception>
    public NormalizeResult Normalize(string source, JsonElement body, DateTimeOffset receivedAt) => Normalize(source, body.GetRawText(), receivedAt);

    /// <summary>Reads a body that was text already.</summary>
    /// <param name="source">The source's name, or <c>auto</c>.</param>
    /// <param name="body">As received.</param>
    /// <param name="receivedAt">When.</param>
    /// <exception cref="ArgumentException">There is no such source; ask <see cref="Knows"/>.</exception>
    public NormalizeResult Normalize(string source, string body, DateTimeOffset receivedAt)
    {
        if (!Knows(source))
        {
            throw new ArgumentException($"There is no source `{source}`; there are {string.Join(", ", Sources)}.", nameof(source));
        }

        return new Normalization(_mappings, _detections, _limits, receivedAt).Run(source, body);
    }
}
