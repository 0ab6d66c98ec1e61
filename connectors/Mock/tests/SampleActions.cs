using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Directory;
using Responder.Sdk.Edr;
using Responder.Sdk.Http;
using Responder.Sdk.Identity;
using Responder.Sdk.Mail;
using Responder.Sdk.Siem;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Tests;

/// <summary>One call of each action that has an effect.</summary>
internal static class SampleActions
{
    private const string Host = "4f1c0de2a94b4c7a8e3d6b7f90a1c045";
    private const string User = "alexchen@company.com";

    public static IReadOnlyList<object> All(ConnectionBench bench) =>
    [
        new IsolateHost(Host),
        new ReleaseHost("9e40af1b32c54d6e8f90a1b2c3d40009"),
        new KillProcess(Host, 4789, "cmd.exe"),
        new DeleteFolder(Host, @"C:\temp\staging"),
        new DeleteFile(Host, @"C:\Windows\Temp\setup-01.log"),
        new CollectFile(Host, @"C:\temp\staging\Passwords.kdbx"),
        new Scan(Host),
        new UpdateDetection("ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001", "closed"),
        new DisableUser(User),
        new EnableUser("pnovak@company.com"),
        new ConfirmCompromised(User),
        new DismissRisk("pnovak@company.com"),
        new RevokeSessions(User),
        new ResetPassword(User),
        new DisableDirectoryUser(User),
        new EnableDirectoryUser("slopez"),
        new ResetDirectoryPassword(User),
        new DisableComputer("ENG-WS-045"),
        new EnableComputer("FIN-WS-012"),
        new CreateTicket("SOC", "Incident", "Sample"),
        new CommentTicket("SOC-141", Template.Text("Sample")),
        new AttachFile("SOC-141", bench.Keep("a.txt", "a")),
        new UpdateTicket("SOC-141", Priority: "P1"),
        new LinkTickets("SOC-141", "SOC-140"),
        new TransitionTicket("SOC-140", "in_progress"),
        new CloseTicket("SOC-140", "Benign"),
        new UpdateAlert("SYSMON-DATA-STAGED-1074-7842", "closed"),
        new CommentAlert("SYSMON-DATA-STAGED-1074-7842", "Sample"),
        new Notify("soc", Template.Text("Sample")),
        new Ask(User, Template.Text("Sample"), ["yes", "no"]),
        new SendMail([User], "Sample", Template.Text("Sample")),
        new AskByMail(User, "Sample", Template.Text("Sample"), ["yes", "no"]),
        new HttpRequest(Template.Text("/blocklist"), "POST"),
    ];

    /// <summary>What must be so that each of them has something to do.</summary>
    public const string Overrides = """
        identity: { users: { pnovak@company.com: { enabled: false } } }
        directory: { users: { slopez: { enabled: false } }, computers: { FIN-WS-012: { enabled: false } } }
        tickets: { issues: { SOC-140: { type: Incident, summary: Open } } }
        """;
}
