using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Tests.Reports;

/// <summary>Runs of the shipped playbooks' kinds, as their journals would tell them.</summary>
internal static class Cases
{
    public const string Command = @"for /r C:\Users\alexchen %i in (*.docx *.xlsx *.pdf *.py *.ipynb) do copy %i C:\temp\staging\";
    private const string Folder = @"C:\temp\staging";
    private const string HostId = "4f1c0de2a94b4c7a8e3d6b7f90a1c045";
    private const string User = "alexchen@company.com";

    private static readonly TargetFacts Host = new(TargetKind.Host, HostId, ["ENG-WS-045"], ["Engineering"], "Workstation");

    public static object StagedAlert { get; } = new
    {
        id = "a1",
        source = "sysmon",
        source_id = "SYSMON-DATA-STAGED-1074-7842",
        title = "Mass File Copy to Staging Directory",
        summary = @"1,247 files were created in C:\temp\staging in 15 minutes by cmd.exe.",
        time = "2024-02-28T19:15:33.000Z",
        received_at = "2024-02-28T19:15:35.000Z",
        severity_score = 85,
        severity = "high",
        attack = new[] { "T1074.001" },
        device = new { hostname = "ENG-WS-045", id = (string?)null, ip = "10.20.45.45", os = "Windows 11 Enterprise 23H2" },
        user = new { email = User, name = "alexchen", sid = (string?)null, domain = "COMPANY" },
        process = new { pid = 4789, image = @"C:\Windows\System32\cmd.exe", cmd_line = Command, sha256 = (string?)null, parent = new { pid = 4012, image = @"C:\Windows\explorer.exe" } },
        file = new { path = Folder, name = "staging", parent_folder = Folder },
        counts = new { files = 1247, bytes = 2_800_000_000, events = 1248 },
        raw = new { detection = new { time = "2024-02-28T14:15:33-05:00" } },
    };

    /// <summary>The case of T1074.001 from its alert to the closed ticket.</summary>
    public static JournalScript Staged() => UpToScan()
        .Act("reimage", "tickets.create", Effect.Record, new { project = "SOC", type = "Task", summary = "Re-image ENG-WS-045 before it is released", parent = "SOC-142" }, new { key = "SOC-143", url = "https://jira.company.com/browse/SOC-143" })
        .Act("vault", "tickets.create", Effect.Record, new { project = "SOC", type = "Task", summary = "Rotate every secret in the staged password vault", parent = "SOC-142" }, new { key = "SOC-144", url = "https://jira.company.com/browse/SOC-144" })
        .Act("close", "tickets.close", Effect.Record, new { key = "SOC-142", resolution = "Malicious – staged data deleted" }, new { key = "SOC-142", status = "Done" })
        .After(1).Finish(RunStatus.Succeeded, "contained");

    /// <summary>The same, as the step that closes the ticket sees it.</summary>
    public static JournalScript UpToScan()
    {
        var script = Contained();
        return script
            .Act("evidence", "edr.list_folder", Effect.Read, new { host = HostId, path = Folder, recurse = true }, Listing(), 6)
            .Act("attach", "tickets.attach", Effect.Record, new { key = "SOC-142" }, new { id = "10071", name = "staged-files-ENG-WS-045.json", size = 91422 })
            .Start("purge", "edr.delete_folder", Effect.Destroy, new { host = HostId, path = Folder })
            .Ask("purge", @"Delete C:\temp\staging on ENG-WS-045 for good?", byPolicy: true)
            .After(22).Answer("purge", "dpark@company.com", "approve", "The list is in the ticket.")
            .Intent("purge", Host, new TargetFacts(TargetKind.Path, @"4f1c|c:\temp\staging", [Folder], []))
            .After(9).End("purge", new { path = Folder, files = 1247, bytes = 2_800_000_000, gone = true, left = Array.Empty<string>() })
            .Act("scan", "edr.scan", Effect.Record, new { host = HostId }, new { id = "s1", status = "clean", files = 318442, threats = Array.Empty<object>() }, 1260, targets: Host);
    }

    /// <summary>The same, waiting at the gate before the deletion.</summary>
    public static JournalScript AtTheGate() => Contained()
        .Act("evidence", "edr.list_folder", Effect.Read, new { host = HostId, path = Folder, recurse = true }, Listing(), 6)
        .Start("purge", "edr.delete_folder", Effect.Destroy, new { host = HostId, path = Folder })
        .Ask("purge", @"Delete C:\temp\staging on ENG-WS-045 for good?", byPolicy: true, minutes: 30);

    public static JournalScript FalsePositive() => Begun()
        .Read("sysmon", "siem.search", new { query = "index=sysmon" }, new { count = 0, rows = Array.Empty<object>() }, 2, "Does Sysmon confirm it?")
        .Act("close", "tickets.close", Effect.Record, new { key = "SOC-142", resolution = "False positive", comment = "Sysmon shows no file in the folder." }, new { key = "SOC-142", status = "Done" })
        .Say(new StepEnded("stop", StepStatus.Succeeded, Stop: new StopSign("false_positive", "Sysmon shows no file in the folder.")))
        .Finish(RunStatus.Succeeded, "false_positive", "Sysmon shows no file in the folder.");

    public static JournalScript Rejected() => Looked()
        .Start("isolate", "edr.isolate_host", Effect.Contain, new { host = HostId, note = "SOC-142" })
        .Ask("isolate", "Isolate ENG-WS-045?")
        .After(95).Answer("isolate", "mlee@company.com", "reject", "This is the build server's stand-in until Friday; call me first.")
        .Fail("isolate", FailureKind.Rejected, "'Isolate ENG-WS-045?': mlee@company.com rejected it (This is the build server's stand-in until Friday; call me first.).", StepStatus.Rejected)
        .Finish(RunStatus.Rejected, null, "Isolate the host was rejected by mlee@company.com.", "isolate");

    /// <summary>The deletion's end is unknown; nobody can tell, and the run failed elsewhere.</summary>
    public static JournalScript InDoubt() => Contained()
        .Act("evidence", "edr.list_folder", Effect.Read, new { host = HostId, path = Folder, recurse = true }, Listing(), 6)
        .Start("purge", "edr.delete_folder", Effect.Destroy, new { host = HostId, path = Folder })
        .Ask("purge", @"Delete C:\temp\staging on ENG-WS-045 for good?", byPolicy: true)
        .After(22).Answer("purge", "dpark@company.com", "approve")
        .Intent("purge", Host)
        .After(30).Say(new AttemptFailed("purge", 1, new StepError(FailureKind.Unknown, "The EDR did not answer within 30 s.", "504", "trace-7")))
        .Say(new RecoveryBegun("purge", 1, Recover.Probe, "The product is asked whether it happened."))
        .After(60).Say(new ProbeAnswered("purge", ProbeVerdict.CannotTell, "The session's log is gone and 1,190 files are left.", null))
        .Say(new StepInDoubt("purge", "1,190 of 1,247 files are left, and the session's log is gone. Look at the folder, then settle the step."))
        .Start("risk", "identity.confirm_compromised", Effect.Contain, new { user = User })
        .Intent("risk", Account())
        .After(1).Fail("risk", FailureKind.Forbidden, "The application lacks IdentityRiskyUser.ReadWrite.All.", attempt: 1)
        .Say(new MainEnded(RunStatus.Failed, "failed", "The step risk failed.", "risk", new StepError(FailureKind.Forbidden, "The application lacks IdentityRiskyUser.ReadWrite.All.")))
        .Say(new RunEnded(RunStatus.Failed, "failed", "The step risk failed: the application lacks IdentityRiskyUser.ReadWrite.All.", null));

    public static JournalScript CompromisedAccount()
    {
        var script = new JournalScript("2024-03-04T08:00:10Z").Created("compromised-account", "Compromised account (T1078.004)", new
        {
            source = "sentinel", source_id = "INC-77", title = "Impossible travel", summary = "Sign-ins from Boston and Lagos within 40 minutes.",
            time = "2024-03-04T08:00:00Z", received_at = "2024-03-04T08:00:09Z", severity = "medium", severity_score = 60, attack = new[] { "T1078.004" },
            user = new { email = "mgarcia@company.com", name = "mgarcia" }, device = new { hostname = (string?)null },
            process = new { pid = (long?)null }, file = new { path = (string?)null }, counts = new { files = (long?)null },
            indicators = new[] { new { type = "ip", value = "102.89.23.7", suspicious = true } },
        });
        return script
            .Act("ticket", "tickets.create", Effect.Record, new { summary = "T1078.004 – Odd sign-in of mgarcia@company.com" }, new { key = "SOC-150", url = "https://jira.company.com/browse/SOC-150" })
            .Read("person", "identity.find_user", new { user = "mgarcia@company.com" }, new { id = "u7", upn = "mgarcia@company.com", name = "Maria Garcia", email = "mgarcia@company.com", enabled = true, department = "Finance", title = "Controller", manager = "boss@company.com" })
            .Read("sign_ins", "identity.list_sign_ins", new { user = "mgarcia@company.com" }, new
            {
                count = 14, failures = 3, countries = new[] { "US", "NG" },
                sign_ins = new object[]
                {
                    new { at = "2024-03-04T07:58:02Z", ip = "102.89.23.7", city = "Lagos", country = "NG", app = "Office 365", success = true, risk = "high", mfa = false },
                    new { at = "2024-03-04T07:18:44Z", ip = "10.20.7.7", city = "Boston", country = "US", app = "Teams", success = true, risk = "none", mfa = false },
                },
            })
            .Read("factors", "identity.list_mfa_methods", new { user = "mgarcia@company.com" }, new { methods = new[] { "password" }, has_mfa = false })
            .Start("asked", "chat.ask", Effect.Notify, new { to = "mgarcia@company.com", question = new object[] { "Did you sign in from ", new { value = "102.89.23.7" }, "?" } })
            .Intent("asked").Say(new AnswerAwaited("asked", JournalScript.Json(new { }), script.Now.AddMinutes(15)))
            .After(900).Say(new TimeRanOut("asked")).Say(new StepEnded("asked", StepStatus.TimedOut, Outputs: JournalScript.Json(new { answer = "no_reply" }), Note: "its time ran out; the result is from on_timeout"))
            .Act("bar", "identity.disable_user", Effect.Contain, new { user = "mgarcia@company.com" }, new { id = "u7", user = "mgarcia@company.com", enabled = false })
            .Act("sessions", "identity.revoke_sessions", Effect.Contain, new { user = "mgarcia@company.com" }, new { id = "u7", at = "2024-03-04T08:16:00Z" })
            .After(86_400).Act("back", "identity.enable_user", Effect.Contain, new { user = "mgarcia@company.com" }, new { id = "u7", user = "mgarcia@company.com", enabled = true })
            .Act("close", "tickets.close", Effect.Record, new { key = "SOC-150", resolution = "Malicious – account secured" }, new { key = "SOC-150", status = "Done" })
            .Finish(RunStatus.Succeeded, "contained");
    }

    public static JournalScript Ransomware() => new JournalScript("2024-03-11T02:10:05Z")
        .Created("ransomware-host", "Ransomware on a host (T1486)", new
        {
            source = "crowdstrike", source_id = "ldt:7", title = "Ransomware behaviour", time = "2024-03-11T02:10:00Z", received_at = "2024-03-11T02:10:04Z", severity = "critical", severity_score = 99,
            attack = new[] { "T1486", "T1490" }, device = new { hostname = "FIN-WS-012.company.com", ip = "10.20.12.12" },
            process = new { pid = 6612, image = @"C:\Users\Public\svc.exe", cmd_line = @"svc.exe -enc", sha256 = new string('a', 64), parent = new { image = @"C:\Windows\System32\wscript.exe" } },
            raw = new { at = "2024-03-11T02:10:00+00:00" },
        }, startedBy: "alert")
        .Read("host", "edr.find_host", new { hostname = "FIN-WS-012" }, new { id = "h12", hostname = "FIN-WS-012", ip = "10.20.12.12", role = "Workstation", online = false, isolation = "normal" })
        .Act("isolate", "edr.isolate_host", Effect.Contain, new { host = "h12" }, new { host = "h12", hostname = "FIN-WS-012", isolation = "pending" }, outcome: OutcomeKind.Pending)
        .Act("kill", "edr.kill_process", Effect.Destroy, new { host = "h12", pid = 6612, image = @"C:\Users\Public\svc.exe" }, new { pid = 6612, image = @"C:\Users\Public\svc.exe", gone = true }, 40)
        .Start("delete", "edr.delete_file", Effect.Destroy, new { host = "h12", path = @"C:\Windows\svc.exe" })
        .Fail("delete", FailureKind.RejectedByPolicy, @"C:\Windows\svc.exe is in no folder that policy lets be deleted.", StepStatus.Rejected)
        .Say(new StepSkipped("unused", "unused", "unused", null, "uses", "identity.disable_user"))
        .Act("scan", "edr.scan", Effect.Record, new { host = "h12" }, new { id = "s", status = "threats_found", files = 1000, threats = new[] { new { path = @"C:\Users\Public\svc.exe", name = "Ransom.Gen", action = "quarantined" } } }, 600)
        .Say(new WarningNoted("delete", "The step delete was refused and the run went on."))
        .Finish(RunStatus.Succeeded, "contained");

    public static JournalScript Phishing() => new JournalScript("2024-03-06T13:40:00Z")
        .Created("reported-phishing", "Reported phishing mail (T1566)", new
        {
            source = "generic", source_id = "MAIL-9", title = "Mail reported: Your parcel", summary = "From it-support@parcel-track.top with a link to https://parcel-track.top/login",
            time = "2024-03-06T13:39:00Z", received_at = "2024-03-06T13:39:59Z", severity = "medium", severity_score = 50, attack = new[] { "T1566.002" }, user = new { email = "tbaker@company.com", name = "tbaker" },
            indicators = new object[]
            {
                new { type = "url", value = "https://parcel-track.top/login", suspicious = true }, new { type = "domain", value = "parcel-track.top", suspicious = true },
                new { type = "email", value = "it-support@parcel-track.top", suspicious = true }, new { type = "sha256", value = new string('b', 64), suspicious = false },
            },
        }, "mock", auto: AutoAnswer.All)
        .Act("thanks", "chat.notify", Effect.Notify, new { to = "tbaker@company.com" }, new { to = "tbaker@company.com" })
        .Read("clicks", "siem.search", new { }, new { count = 2, rows = new[] { new { user = "tbaker", src_ip = "10.20.31.31", action = "GET" }, new { user = "nwong", src_ip = "10.20.33.4", action = "POST" } } }, name: "Who followed the link?")
        .Ask("judge", "What is this mail?", ["malicious", "spam", "harmless"]).After(1).Answer("judge", "--approve all", "malicious", via: "--approve all")
        .Act("block", "http.request", Effect.Contain, new { path = new object[] { "/block/", new { value = "parcel-track.top" } }, method = "POST" }, new { status = 201 })
        .Act("bar", "identity.revoke_sessions", Effect.Contain, new { user = "nwong@company.com" }, new { id = "u3", at = "2024-03-06T13:41:00Z" })
        .Finish(RunStatus.Succeeded, "contained");

    private static JournalScript Contained() => Looked()
        .Start("isolate", "edr.isolate_host", Effect.Contain, new { host = HostId, note = "SOC-142" }, "Isolate the host")
        .Ask("isolate", "Isolate ENG-WS-045?")
        .After(18).Answer("isolate", "mlee@company.com", "approve")
        .Intent("isolate", Host).After(4).End("isolate", new { host = HostId, hostname = "ENG-WS-045", isolation = "isolated", at = "2024-02-28T19:18:30Z" })
        .Act("bar_on_premises", "directory.disable_user", Effect.Contain, new { user = User }, new { id = "CN=Alex Chen", user = "alexchen", enabled = false }, targets: Account())
        .Act("bar_in_cloud", "identity.disable_user", Effect.Contain, new { user = User }, new { id = "u1", user = User, enabled = false, on_premises_synced = true }, outcome: OutcomeKind.AlreadySo, targets: Account())
        .Act("sessions", "identity.revoke_sessions", Effect.Contain, new { user = User }, new { id = "u1", at = "2024-02-28T19:18:40Z" }, targets: Account())
        .Act("password", "identity.reset_password", Effect.Contain, new { user = User }, new { id = "u1", must_change = true, at = "2024-02-28T19:18:41Z" }, targets: Account());

    private static JournalScript Looked() => Begun()
        .Read("host", "edr.find_host", new { hostname = "ENG-WS-045" }, new { id = HostId, hostname = "ENG-WS-045", ip = "10.20.45.45", os = "Windows 11 Enterprise 23H2", role = "Workstation", online = true, isolation = "normal", tags = Array.Empty<string>(), owner = User })
        .Read("sysmon", "siem.search", new { query = "index=sysmon" }, new { count = 1247, rows = new[] { new { count = "1247" } } }, 2, "Does Sysmon confirm it?")
        .Read("sources", "siem.search", new { query = "index=sysmon" }, new
        {
            count = 4,
            rows = new[]
            {
                new { SourceFolder = @"C:\Users\alexchen\Documents\ProjectX", count = 456 }, new { SourceFolder = @"C:\Users\alexchen\Desktop", count = 234 },
                new { SourceFolder = @"C:\Users\alexchen\Downloads", count = 123 }, new { SourceFolder = @"\\filesrv\r&d\projects", count = 434 },
            },
        }, 2, "Where were the files copied from?")
        .Read("process", "edr.get_process", new { host = HostId, pid = 4789 }, new
        {
            process = new { pid = 4789, image = @"C:\Windows\System32\cmd.exe", cmd_line = Command, user = @"COMPANY\alexchen", started_at = "2024-02-28T18:59:52Z", parent_pid = 4012 },
            parents = new[] { new { pid = 4012, image = @"C:\Windows\explorer.exe", cmd_line = @"C:\Windows\Explorer.EXE", user = @"COMPANY\alexchen", started_at = "2024-02-28T18:45:12Z" } },
            children = Array.Empty<object>(),
            chain = @"C:\Windows\explorer.exe → C:\Windows\System32\cmd.exe",
        })
        .Read("person", "identity.find_user", new { user = User }, new { id = "u1", upn = User, name = "Alex Chen", email = User, enabled = true, department = "Engineering", title = "Engineer", manager = "jlopez@company.com", on_premises_synced = true })
        .Start("interview", "chat.ask", Effect.Notify, new { to = User, question = new object[] { "Did you run ", new { value = Command }, " on ", new { value = "ENG-WS-045" }, "?" }, choices = new[] { "yes", "no" } }, "Ask the user")
        .Intent("interview")
        .Say(new AnswerAwaited("interview", JournalScript.Json(new { }), DateTimeOffset.Parse("2024-02-28T19:27:00Z", null)))
        .After(64).Say(new EventTaken("interview", "e1", JournalScript.Json(new { answer = "no" })))
        .End("interview", new { answer = "no", by = User, at = "2024-02-28T19:16:48Z", comment = (string?)null, unverified = true });

    private static JournalScript Begun() => new JournalScript("2024-02-28T19:15:36Z")
        .Created("t1074-data-staged", "Local data staging (T1074.001)", StagedAlert)
        .Act("ticket", "tickets.create", Effect.Record, new { project = "SOC", type = "Incident", summary = "T1074 – Data staged for exfiltration on ENG-WS-045" }, new { key = "SOC-142", url = "https://jira.company.com/browse/SOC-142" }, name: "Open the incident");

    private static TargetFacts Account() => new(TargetKind.User, "u1", [User, "Alex Chen"], []);

    private static object Listing() => new
    {
        path = Folder,
        count = 1247,
        bytes = 2_800_000_000,
        extensions = new[] { ".docx", ".ipynb", ".kdbx", ".pdf", ".py", ".xlsx" },
        by_extension = new Dictionary<string, int> { [".docx"] = 316, [".ipynb"] = 120, [".kdbx"] = 1, [".pdf"] = 345, [".py"] = 279, [".xlsx"] = 186 },
        largest = new[] { new { path = "ProjectX-spec-7.pdf", size = 48_000_000, sha256 = (string?)null }, new { path = "Passwords.kdbx", size = 2_191_360, sha256 = (string?)null } },
        oldest_at = "2024-02-28T19:00:00Z",
        newest_at = "2024-02-28T19:15:00Z",
        manifest = new { artifact = "sha256:77aa", name = "manifest.json", size = 91422, media_type = "application/json" },
    };
}
