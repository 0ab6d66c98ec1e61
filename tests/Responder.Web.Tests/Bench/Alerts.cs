namespace Responder.Web.Tests.Bench;

/// <summary>Alerts in the normal form.</summary>
internal static class Alerts
{
    public static object Staged(string id = "a-1", string host = "ENG-WS-045", string attack = "T1074.001", string title = "Data staged") => new
    {
        source_id = id, title, time = "2024-02-28T19:15:33Z", severity_score = 85, attack = new[] { attack }, device = new { hostname = host },
        user = new { email = "alexchen@company.com" },
    };
}
