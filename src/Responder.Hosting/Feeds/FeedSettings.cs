using Microsoft.Extensions.Configuration;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Hosting.Feeds;

/// <summary>How a connection's alerts are fetched.</summary>
/// <param name="Connection">The connection's name.</param>
/// <param name="Every">How often it is asked.</param>
/// <param name="Overlap">How far back each question reaches before the newest that is known; the connector's own where null.</param>
/// <param name="Lookback">How far back the very first question reaches.</param>
public sealed record FeedSettings(string Connection, TimeSpan Every, TimeSpan? Overlap, TimeSpan Lookback)
{
    private static readonly string[] Known = ["Every", "Overlap", "Lookback"];

    /// <summary>The section <c>Feeds</c>: a connection's name to <c>Every</c> (1m), <c>Overlap</c> and <c>Lookback</c> (1h).</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="SettingsException">One is wrong.</exception>
    public static IReadOnlyList<FeedSettings> Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. settings.GetSection("Feeds").GetChildren().Select(section =>
        {
            if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                throw new SettingsException(unknown.Path, $"is no setting of a feed; there are {string.Join(", ", Known)}.");
            }

            return new FeedSettings(section.Key, Duration(section, "Every") ?? TimeSpan.FromMinutes(1), Duration(section, "Overlap"), Duration(section, "Lookback") ?? TimeSpan.FromHours(1));
        })];
    }

    private static TimeSpan? Duration(IConfigurationSection section, string name) => section[name] is not { } text ? null
        : Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero ? duration
        : throw new SettingsException($"{section.Path}:{name}", $"is '{text}', and takes {Durations.Form}.");
}
