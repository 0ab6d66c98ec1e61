using System.Text.Json;

namespace Responder.Engine.Reports;

/// <summary>The report for programs: every section's fields, values exact.</summary>
public static class ReportJson
{
    /// <summary>Writes a report as one JSON object.</summary>
    /// <param name="report">The report.</param>
    public static string Write(IncidentReport report) => JsonSerializer.Serialize(report, Sdk.Json.Options);
}
