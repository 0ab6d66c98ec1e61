using System.Globalization;
using System.Text.Json.Nodes;

namespace Responder.Engine.Tests.Alerts;

/// <summary>Sysmon events of our own, in the form of EVTX tools.</summary>
internal static class Staging
{
    public static readonly DateTimeOffset Start = new(2024, 2, 28, 19, 0, 0, TimeSpan.Zero);

    public static string FileCreated(int record, string path, DateTimeOffset at, string image = @"C:\Windows\System32\cmd.exe", string host = "ENG-WS-045") => Event(11, record, at, host, new JsonObject
    {
        ["ProcessId"] = "4789", ["Image"] = image, ["TargetFilename"] = path, ["User"] = @"COMPANY\alexchen",
    });

    public static string ProcessCreated(string cmdLine, string image = @"C:\Windows\System32\cmd.exe") => Event(1, 1, Start, "ENG-WS-045", new JsonObject
    {
        ["ProcessId"] = "4789", ["Image"] = image, ["CommandLine"] = cmdLine, ["User"] = @"COMPANY\alexchen", ["ParentImage"] = @"C:\Windows\explorer.exe", ["ParentProcessId"] = "4012",
    });

    /// <summary>The case as raw events: 1,247 files in 15 minutes.</summary>
    public static List<string> Case(string folder = @"C:\temp\staging") =>
        [.. Enumerable.Range(0, 1247).Select(i => FileCreated(100 + i, $@"{folder}\file-{i}{(i == 5 ? ".kdbx" : i % 2 == 0 ? ".docx" : ".xlsx")}", Start.AddMilliseconds(i * 720)))];

    public static string Body(IEnumerable<string> events) => string.Join('\n', events);

    private static string Event(int id, int record, DateTimeOffset at, string host, JsonObject data)
    {
        data["UtcTime"] = at.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["Event"] = new JsonObject
            {
                ["System"] = new JsonObject
                {
                    ["Provider"] = new JsonObject { ["#attributes"] = new JsonObject { ["Name"] = "Microsoft-Windows-Sysmon" } }, ["EventID"] = id,
                    ["TimeCreated"] = new JsonObject { ["#attributes"] = new JsonObject { ["SystemTime"] = Sdk.Json.Time(at) } },
                    ["EventRecordID"] = record, ["Channel"] = "Microsoft-Windows-Sysmon/Operational", ["Computer"] = host,
                },
                ["EventData"] = data,
            },
        }.ToJsonString();
    }
}
