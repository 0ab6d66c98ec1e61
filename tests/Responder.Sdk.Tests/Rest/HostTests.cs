using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Tests.Rest;

/// <summary>Where a connection goes: https outside loopback, known hosts alone, a certificate that is trusted.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData("https://product.example", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://product.example", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("http://127.0.0.1.evil.example", false)]
    [InlineData("ftp://product.example", false)]
    [InlineData("https://user:secret@product.example", false)]
    public void Plain_http_stays_on_loopback(string address, bool good)
    {
        Assert.Equal(good, KnownHosts.Problem(new Uri(address)) is null);
        if (!good)
        {
            Assert.Throws<ArgumentException>(() => new StubClient(new Uri(address)));
        }
    }

    [Theory]
    [InlineData("https://product.example/a?b", true)]
    [InlineData("https://PRODUCT.example/", true)]
    [InlineData("https://eu.cloud.example/", true)]
    [InlineData("https://cloud.example/", false)]
    [InlineData("https://evilcloud.example/", false)]
    [InlineData("https://other.example:8443/", true)]
    [InlineData("https://other.example/", false)]
    [InlineData("https://product.example:444/", false)]
    [InlineData("https://product.example.evil.example/", false)]
    public void Only_known_hosts_are_known(string address, bool known) =>
        Assert.Equal(known, new KnownHosts(new Uri("https://product.example"), [".cloud.example", "other.example:8443"]).Knows(new Uri(address)));

    [Fact]
    public async Task A_read_is_led_on_to_a_known_host_and_no_other()
    {
        await using var there = await StubApi.StartAsync();
        await using var here = await StubApi.StartAsync(http => Redirect(http, new Uri(there.Url, "/there"), 307));
        using var stranger = new StubClient(here.Url, settings => settings with { Auth = FixedAuth.Bearer(new Secret("canary-token")) });
        await StubClient.FailsAsync(stranger.ReadAsync(), FailureKind.Invalid, "unknown_host");
        Assert.Empty(there.Calls.All);

        using var friend = new StubClient(here.Url, settings => settings with { KnownHosts = [there.Url.Authority] });
        Assert.True((await friend.ReadAsync()).Ok);
        Assert.Equal("/there", Assert.Single(there.Calls.All).Path);
    }

    [Fact]
    public async Task A_call_that_acts_is_sent_where_it_was_meant_for_alone()
    {
        await using var here = await StubApi.StartAsync(http => Redirect(http, new Uri("/elsewhere", UriKind.Relative), 308));
        using var client = new StubClient(here.Url);
        await StubClient.FailsAsync(client.ActAsync(), FailureKind.Invalid, "308");
        Assert.Single(here.Calls.All);
    }

    [Fact]
    public async Task Redirects_in_a_ring_end()
    {
        await using var here = await StubApi.StartAsync(http => Redirect(http, new Uri("/x", UriKind.Relative), 302));
        using var client = new StubClient(here.Url);
        await StubClient.FailsAsync(client.ReadAsync(), FailureKind.Invalid, "302");
        Assert.Equal(6, here.Calls.All.Count);
    }

    [Fact]
    public async Task A_certificate_is_trusted_by_its_authoritys_file_alone()
    {
        using var folder = new TempFolder();
        using var certificate = EmulatorCertificate.Make(Path.Combine(folder.Path, "ca.pem"), DateTimeOffset.UtcNow);
        using var other = EmulatorCertificate.Make(Path.Combine(folder.Path, "other.pem"), DateTimeOffset.UtcNow);
        await using var server = await StubApi.StartAsync(certificate: certificate);
        using var trusting = new StubClient(server.Url, settings => settings with { CaFile = certificate.PemFile });
        Assert.True((await trusting.ReadAsync()).Ok);
        foreach (var file in (string?[])[null, other.PemFile])
        {
            using var client = new StubClient(server.Url, settings => settings with { CaFile = file });
            Assert.Contains("CaFile", (await StubClient.FailsAsync(client.ReadAsync(), FailureKind.Invalid, "certificate")).Message, StringComparison.Ordinal);
            await StubClient.FailsAsync(client.ActAsync(), FailureKind.Invalid, "certificate");
        }

        Assert.Single(server.Calls.All);
    }

    private static Task Redirect(HttpContext http, Uri to, int status)
    {
        (http.Response.StatusCode, http.Response.Headers.Location) = (status, to.ToString());
        return Task.CompletedTask;
    }
}
