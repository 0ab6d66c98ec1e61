using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Responder.Connectors.Mail.Tests.Server;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Emulation;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mail.Tests;

/// <summary>What goes over the wire, and how each end of it is sorted.</summary>
public sealed class SmtpTests : IDisposable
{
    private static readonly SendMail Plain = new(["soc@company.com"], "A host was isolated", Template.Text("It is **ENG-WS-045**."));

    public static TheoryData<WireFaultKind> Lost => LostAnswers.Ways;

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mail_has_text_and_html_of_one_markdown_the_key_and_its_files()
    {
        await using var server = new SmtpTestServer();
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        var step = mail.Step("steps[3]");
        var body = new Template([
            new TemplatePart("# What happened\n\nRun: ", null, false), new TemplatePart(null, "copy *.docx {x} <b>", false),
            new TemplatePart("\n\n| host | user |\n| --- | --- |\n| a | b |\n\n- one\n- two", null, false)]);
        var sent = await mail.DoAsync(new SendMail(["soc@company.com"], "Ünïcode\r\nBcc: x@evil.example", body, ["lead@company.com"], [mail.Keep("files.json", "[1]")]), step);

        var got = Assert.Single(server.Mails);
        Assert.Equal(sent.Value.MessageId, $"<{got.MessageId}>");
        Assert.Equal($"<responder-{step.IdempotencyKey[..32]}@company.com>", sent.Value.MessageId);
        Assert.Equal("Ünïcode Bcc: x@evil.example", got.Subject);
        Assert.Equal(("responder@company.com", "soc@company.com", "lead@company.com"), (got.From.Mailboxes.Single().Address, got.To.Mailboxes.Single().Address, got.Cc.Mailboxes.Single().Address));
        Assert.Empty(got.Bcc);
        Assert.Equal((step.IdempotencyKey, "auto-generated"), (got.Headers["X-Responder-Key"], got.Headers["Auto-Submitted"]));
        Assert.Equal(_time.GetUtcNow(), got.Date);
        Assert.Equal("What happened\n=============\n\nRun: copy *.docx {x} <b>\n\nhost | user\na | b\n\n- one\n- two\n", got.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<h1>What happened</h1>", got.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("copy *.docx {x} &lt;b&gt;", got.HtmlBody, StringComparison.Ordinal);
        var file = Assert.IsAssignableFrom<MimePart>(Assert.Single(got.Attachments));
        using var content = new MemoryStream();
        await file.Content!.DecodeToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal(("files.json", "[1]"), (file.FileName, System.Text.Encoding.UTF8.GetString(content.ToArray())));
    }

    [Fact]
    public async Task A_question_carries_its_link_and_its_choices_and_is_repeated_with_the_same()
    {
        await using var server = new SmtpTestServer();
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        var step = mail.Step("interview");
        var ask = new AskByMail("pnovak@company.com", "Was this you?", Template.Text("Did you run it?"), ["yes", "no"]);
        await mail.DoAsync(ask, step);
        await mail.DoAsync(ask, step);
        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(one => (one.MessageId, one.TextBody)).Distinct());
        Assert.Contains($"Answer here: yes / no (https://responder.example/answer/{step.IdempotencyKey})", server.Mails.First().TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"https://responder.example/answer/{step.IdempotencyKey}\"", server.Mails.First().HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_nobody_could_answer_is_not_sent()
    {
        await using var server = new SmtpTestServer();
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        ((BenchLinks)mail.Services.GetRequiredService<IAnswerLinks>()).Nowhere = true;
        await mail.FailsAsync(new AskByMail("pnovak@company.com", "?", Template.Text("?"), ["yes", "no"]), FailureKind.Invalid);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", FailureKind.NotFound)]
    [InlineData("450 4.2.0 greylisted", FailureKind.Transient)]
    public async Task A_refused_recipient_means_that_nobody_got_it(string answer, FailureKind kind)
    {
        await using var server = new SmtpTestServer(new SmtpBehaviour { Recipient = to => to.StartsWith("gone", StringComparison.Ordinal) ? answer : null });
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        var failure = await mail.FailsAsync(Plain with { To = ["soc@company.com", "gone@company.com"] }, kind);
        Assert.Contains("gone@company.com", failure.Message, StringComparison.Ordinal);
        Assert.Equal(answer[..3], failure.Code);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("554 5.7.1 spam", FailureKind.Invalid)]
    [InlineData("451 4.3.0 try later", FailureKind.Transient)]
    public async Task A_refused_mail_is_a_clear_no(string answer, FailureKind kind)
    {
        await using var server = new SmtpTestServer(new SmtpBehaviour { Mail = answer });
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        await mail.FailsAsync(Plain, kind);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_mail_and_a_question_whose_answer_is_lost_have_an_unknown_end_and_are_sent_again_as_the_same_mail(WireFaultKind way)
    {
        await SentAgainAsync(way, Plain);
        await SentAgainAsync(way, new AskByMail("pnovak@company.com", "Was this you?", Template.Text("Did you run it?"), ["yes", "no"]));
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_last_gate_says_no()
    {
        await using var server = new SmtpTestServer();
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        await Assert.ThrowsAsync<ActionFailure>(() => mail.DoAsync(Plain, mail.Step(mayAct: false)));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_has_not_been_there_for_a_while_is_left_alone()
    {
        var server = new SmtpTestServer();
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        await server.DisposeAsync();
        for (var sent = 1; sent <= 5; sent++)
        {
            Assert.Equal(sent == 5, (await mail.FailsAsync(Plain, FailureKind.Transient)).CircuitSince is not null);
        }

        Assert.Equal("circuit_open", (await mail.FailsAsync(Plain, FailureKind.Transient)).Code);
        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("not_sent", (await mail.FailsAsync(Plain, FailureKind.Transient)).Code);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_certainly_not_done()
    {
        var server = new SmtpTestServer();
        await using var mail = MailWorlds.Connect(server, _folder, _time);
        await server.DisposeAsync();
        await mail.FailsAsync(Plain, FailureKind.Transient);
    }

    [Fact]
    public async Task The_check_signs_in_and_says_as_whom_and_a_wrong_password_is_in_no_message()
    {
        await using var server = new SmtpTestServer(new SmtpBehaviour { Credential = ("responder", "canary-right") });
        await using var right = MailWorlds.Connect(server, _folder, _time, ("User", "responder"), ("Password", "canary-right"));
        var health = await right.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        Assert.True(health.Ok, health.Message);
        Assert.Contains("signed in as responder", health.Message, StringComparison.Ordinal);
        await using var wrong = MailWorlds.Connect(server, _folder, _time, ("User", "responder"), ("Password", "canary-wrong"));
        var failure = await wrong.FailsAsync(Plain, FailureKind.Unauthorized);
        health = await wrong.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        Assert.False(health.Ok);
        Assert.DoesNotContain("canary", failure + health.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Starttls_is_wanted_unless_said_and_only_a_trusted_certificate_will_do()
    {
        using var certificate = Certificate();
        var root = Path.Combine(_folder.Path, "root.pem");
        await File.WriteAllTextAsync(root, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var server = new SmtpTestServer(new SmtpBehaviour { Certificate = certificate, Credential = ("responder", "secret") });
        (string, string)[] signIn = [("Security", "starttls"), ("User", "responder"), ("Password", "secret"), ("Host", "localhost")];
        await using var trusting = MailWorlds.Connect(server, _folder, _time, [.. signIn, ("CaFile", root)]);
        await trusting.DoAsync(Plain);
        Assert.Single(server.Mails);
        await using var wary = MailWorlds.Connect(server, _folder, _time, signIn);
        await wary.FailsAsync(Plain, FailureKind.Invalid);
        await using var bare = new SmtpTestServer();
        await using var downgraded = MailWorlds.Connect(bare, _folder, _time, signIn);
        await downgraded.FailsAsync(Plain, FailureKind.Invalid);
        Assert.Empty(bare.Mails);
        Assert.DoesNotContain("AUTH", bare.Commands);
    }

    private async Task SentAgainAsync<TResult>(WireFaultKind way, IAction<TResult> action)
    {
        await using var server = new SmtpTestServer(new SmtpBehaviour { Loses = way });
        await using var mail = MailWorlds.Connect(server, _folder, _time, ("Timeout", "2"));
        Assert.Equal(Recover.Repeat, mail.Bound(action).Recovery);
        var step = mail.Step("it");
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => mail.DoAsync(action, step))).Kind);
        Assert.Single(server.Mails);
        await mail.DoAsync(action, step);
        Assert.Equal(2, server.Mails.Count);
        Assert.Single(server.Mails.Select(one => (one.MessageId, one.Subject, one.TextBody, one.Headers["X-Responder-Key"])).Distinct());
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
