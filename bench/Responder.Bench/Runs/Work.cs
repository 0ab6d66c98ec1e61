using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Responder.Bench.Runs;

/// <summary>
/// The measured work: an alert of 2.2 KB; eight calls one after another to a stub of the vendors' APIs, four of them behind one condition, with values
/// carried from call to call. Every call names its run (the alert's id), so that the stub can judge each.
/// </summary>
internal static class Work
{
    public const int Calls = 8;
    public const string RunHeader = "X-Run-Id";
    public const string Source = "bench";
    public const string Connection = "stub";
    public const string Playbook = "bench-t1074";

    private static readonly object[] Processes = [.. Enumerable.Range(0, 8).Select(i => (object)new
    {
        pid = 4000 + i, ppid = 3990 + i, image = $"C:\\Windows\\System32\\robocopy{i}.exe",
        cmdline = $"robocopy D:\\finance\\q{i} C:\\Users\\Public\\stage{i} *.xlsx /E /R:0", sha256 = string.Concat(Enumerable.Repeat((i + 1).ToString("x", CultureInfo.InvariantCulture), 64)),
    })];

    /// <summary>The source's mapping to the normal form.</summary>
    public const string Mapping = """
        source: bench
        description: The alert of the measured work.
        shapes:
          - name: alert
            when: technique && hostname
            fields:
              source_id: id
              title: summary
              summary: summary
              time: detected_at
              severity_score: severity
              attack: "[technique]"
              device.hostname: hostname
              device.ip: device.ip
              device.os: device.os
              user.email: upn
              process.pid: processes[0].pid
              process.image: processes[0].image
              process.cmd_line: processes[0].cmdline
              process.sha256: processes[0].sha256
        """;

    /// <summary>An alert's body.</summary>
    public static byte[] Alert(string id, int severity = 85) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id, source = "edr", technique = "T1074.001", tactic = "TA0009", severity, hostname = "FIN-WS-0142", upn = "j.doe@example.test",
        summary = "Local data staging: many documents copied into a public folder within two minutes", detected_at = "2026-01-01T00:00:00Z",
        device = new { os = "Windows 11", agent = "7.11.18110", ip = "10.20.30.40", groups = (string[])["finance", "workstations"] }, processes = Processes,
    });

    /// <summary>The playbook, with the effect of each call and what is done where its end is not known.</summary>
    /// <param name="recovery"><c>repeat</c> or <c>ask</c>.</param>
    public static string PlaybookText(string recovery) => $$$"""
        id: {{{Playbook}}}
        name: Data staged, measured
        on:
          alert:
            when: alert.source == 'bench' && alert.attack.includes('T1074.001')
        steps:
          - id: token
            uses: http.request
            connection: stub
            effect: read
            with: { method: POST, path: /oauth2/token, headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { grant_type: client_credentials } }
          - id: device
            uses: http.request
            connection: stub
            effect: read
            with: { path: "/devices/queries/devices/v1?filter=hostname:${{ alert.device.hostname }}", headers: { X-Run-Id: "${{ alert.source_id }}" } }
          - if: alert.severity_score >= 70
            then:
              - id: contain
                uses: http.request
                connection: stub
                effect: contain
                recovery: {{{recovery}}}
                with: { method: POST, path: "/devices/entities/devices-actions/v2?action_name=contain", headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { ids: ["${{ steps.device.body.resources[0] }}"] } }
              - id: session
                uses: http.request
                connection: stub
                effect: record
                recovery: {{{recovery}}}
                with: { method: POST, path: /real-time-response/entities/sessions/v1, headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { device_id: "${{ steps.device.body.resources[0] }}" } }
              - id: command
                uses: http.request
                connection: stub
                effect: record
                recovery: {{{recovery}}}
                with: { method: POST, path: /real-time-response/entities/admin-command/v1, headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { session_id: "${{ steps.session.body.resources[0].session_id }}", command_string: runscript -CloudFile=collect-staging } }
              - id: disable
                uses: http.request
                connection: stub
                effect: contain
                recovery: {{{recovery}}}
                with: { method: PATCH, path: "/v1.0/users/${{ alert.user.email }}", headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { accountEnabled: false } }
          - id: ticket
            uses: http.request
            connection: stub
            effect: record
            recovery: {{{recovery}}}
            with: { method: POST, path: /rest/api/3/issue, headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { fields: { summary: "${{ alert.attack[0] }} on ${{ alert.device.hostname }}" } } }
          - uses: http.request
            connection: stub
            effect: record
            recovery: {{{recovery}}}
            with: { method: POST, path: "/rest/api/3/issue/${{ steps.ticket.body.key }}/transitions", headers: { X-Run-Id: "${{ alert.source_id }}" }, body: { transition: { id: "31" } } }
        """;

    /// <summary>Which of the eight calls a request is; 0 where it is none.</summary>
    public static int CallOf(string method, string path) => (method, path) switch
    {
        ("POST", "/oauth2/token") => 1,
        ("GET", "/devices/queries/devices/v1") => 2,
        ("POST", "/devices/entities/devices-actions/v2") => 3,
        ("POST", "/real-time-response/entities/sessions/v1") => 4,
        ("POST", "/real-time-response/entities/admin-command/v1") => 5,
        ("PATCH", _) when path.StartsWith("/v1.0/users/", StringComparison.Ordinal) => 6,
        ("POST", "/rest/api/3/issue") => 7,
        ("POST", _) when path.StartsWith("/rest/api/3/issue/", StringComparison.Ordinal) && path.EndsWith("/transitions", StringComparison.Ordinal) => 8,
        _ => 0,
    };

    /// <summary>True where a call carries what an earlier one answered.</summary>
    public static bool Carries(int call, string run, string path, string body, string? authorization) => (call == 1 || authorization?.StartsWith("Bearer tok-", StringComparison.Ordinal) == true) && call switch
    {
        3 or 4 => body.Contains($"dev-{run}", StringComparison.Ordinal),
        5 => body.Contains($"ses-{run}", StringComparison.Ordinal),
        8 => path.Contains($"/SOC-{run}/", StringComparison.Ordinal),
        _ => true,
    };

    /// <summary>What the stub answers: status and body.</summary>
    public static (int Status, byte[] Body) Answer(int call, string run) => call switch
    {
        1 => (200, Json($"{{\"access_token\":\"tok-{run}\",\"token_type\":\"bearer\",\"expires_in\":1799}}")),
        2 => (200, Json($"{{\"meta\":{{\"query_time\":0.004,\"trace_id\":\"t\"}},\"resources\":[\"dev-{run}\"],\"errors\":[]}}")),
        3 => (202, Json($"{{\"meta\":{{\"query_time\":0.1,\"trace_id\":\"t\"}},\"resources\":[{{\"id\":\"dev-{run}\"}}],\"errors\":[]}}")),
        4 => (201, Json($"{{\"meta\":{{\"query_time\":0.2,\"trace_id\":\"t\"}},\"resources\":[{{\"session_id\":\"ses-{run}\",\"scripts\":[]}}],\"errors\":[]}}")),
        5 => (201, Json($"{{\"meta\":{{\"query_time\":0.2,\"trace_id\":\"t\"}},\"resources\":[{{\"cloud_request_id\":\"crq-{run}\",\"session_id\":\"ses-{run}\"}}],\"errors\":[]}}")),
        7 => (201, Json($"{{\"id\":\"10000\",\"key\":\"SOC-{run}\",\"self\":\"/rest/api/3/issue/10000\"}}")),
        _ => (200, Json("{\"ok\":true}")),
    };

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);
}
