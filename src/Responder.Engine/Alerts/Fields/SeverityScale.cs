namespace Responder.Engine.Alerts;

/// <summary>Words and scores of severity, where a source gives only one of them.</summary>
internal static class SeverityScale
{
    public static AlertSeverity? Word(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "informational" or "info" or "information" => AlertSeverity.Informational,
        "low" => AlertSeverity.Low,
        "medium" or "moderate" => AlertSeverity.Medium,
        "high" => AlertSeverity.High,
        "critical" => AlertSeverity.Critical,
        "fatal" => AlertSeverity.Fatal,
        "unknown" => AlertSeverity.Unknown,
        _ => null,
    };

    public static int? Score(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Informational => 10,
        AlertSeverity.Low => 30,
        AlertSeverity.Medium => 50,
        AlertSeverity.High => 75,
        AlertSeverity.Critical => 95,
        AlertSeverity.Fatal => 100,
        _ => null,
    };

    public static AlertSeverity Of(int? score) => score switch
    {
        null => AlertSeverity.Unknown,
        < 20 => AlertSeverity.Informational,
        < 40 => AlertSeverity.Low,
        < 60 => AlertSeverity.Medium,
        < 90 => AlertSeverity.High,
        _ => AlertSeverity.Critical,
    };
}
