using System.Text.Json;
using Responder.Sdk;

namespace Responder.Bench.Intake;

/// <summary>Alerts in the normal form, about 2 KB each, of so many hosts.</summary>
internal static class SampleAlerts
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("for /r C:\\Users\\user %i in (*.docx *.xlsx) do copy %i C:\\temp\\staging\\ ", 18));

    public static object Make(string batch, int number, int hosts) => new
    {
        source_id = $"{batch}-{number}", title = "Mass file copy to a staging directory", time = "2026-01-01T10:00:00Z", severity_score = 85, attack = (string[])["T1074.001"],
        device = new { hostname = $"WS-{number % hosts:000}", ip = "10.0.0.1", os = "Windows 11" }, user = new { email = $"user{number % hosts}@company.com", name = $"user{number % hosts}" },
        process = new { pid = 4000 + number, image = "C:\\Windows\\System32\\cmd.exe", cmd_line = Filler }, file = new { path = $"C:\\temp\\staging\\{number}.docx" },
    };

    public static byte[] Body(string batch, int first, int count, int hosts) => count == 1
        ? JsonSerializer.SerializeToUtf8Bytes(Make(batch, first, hosts), Json.Options)
        : JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(first, count).Select(number => Make(batch, number, hosts)), Json.Options);
}
