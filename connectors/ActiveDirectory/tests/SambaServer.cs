using System.Diagnostics;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Responder.Connectors.Mock;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Estate;

namespace Responder.Connectors.ActiveDirectory.Tests;

[CollectionDefinition("samba")]
public sealed class SambaCollection : ICollectionFixture<SambaServer>;

/// <summary>
/// A real domain controller of company.com with the accounts of the sample estate in it, for as long as the tests run. It listens on a loopback address
/// of its own, so that several checkouts can be tested at once. Where it can't be had, the tests fail with the reason.
/// </summary>
public sealed class SambaServer : IAsyncLifetime
{
    public const string AdminPassword = "Adm1n-Passw0rd!";
    public const string ServicePassword = "Serv1ce-Passw0rd!";
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(8);
    private readonly TempFolder _folder = new();
    private readonly StringBuilder _said = new();
    private Process? _process;

    public string Address { get; } = OfThisProcess();

    public string CaFile => Path.Combine(_folder.Path, "dc", "tls", "ca.pem");

    public string AuditLog => Path.Combine(_folder.Path, "dc", "audit.log");

    public async ValueTask InitializeAsync()
    {
        var root = Root();
        var start = new ProcessStartInfo(Path.Combine(root, "tests/samba/serve.sh"))
        {
            ArgumentList = { Path.Combine(root, "artifacts/samba"), Path.Combine(_folder.Path, "dc"), Address },
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["SAMBA_ADMIN_PASSWORD"] = AdminPassword },
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += Said;
        _process.OutputDataReceived += Said;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await ListensAsync();
        Seed();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // Samba ends when its standard input does, also when this process is killed.
            _process.StandardInput.Close();
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>A connection of the administrator, to set the scene.</summary>
    public LdapConnection Admin()
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier(Address, 636)) { AuthType = AuthType.Basic, Credential = new NetworkCredential("Administrator@company.com", AdminPassword), AutoBind = false };
        connection.SessionOptions.ProtocolVersion = 3;
        connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
        connection.SessionOptions.SecureSocketLayer = true;
        Ldap.Trust.Apply(connection, Path.GetDirectoryName(CaFile));
        connection.Bind();
        return connection;
    }

    /// <summary>Sets every account to what the estate says.</summary>
    public void Reset(MockEstate estate)
    {
        using var admin = Admin();
        foreach (var (dn, control) in estate.Read(company => company.Directory.Users.Values.Select(user => (user.Dn, 512 | (user.Enabled ? 0 : 2)))
            .Concat(company.Directory.Computers.Values.Where(computer => !computer.DomainController).Select(computer => (computer.Dn, 4096 | (computer.Enabled ? 0 : 2)))).ToList()))
        {
            admin.SendRequest(new ModifyRequest(dn, DirectoryAttributeOperation.Replace, "userAccountControl", control.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private void Seed()
    {
        using var admin = Admin();
        var company = MockSettings.BuiltIn().Make();
        var made = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in company.Directory.Groups.Where(group => group.Value.Dn!.Contains("OU=", StringComparison.Ordinal)))
        {
            Add(admin, made, group.Value.Dn!, ("objectClass", "group"), ("sAMAccountName", group.Key));
        }

        foreach (var user in company.Directory.Users.Values)
        {
            Add(admin, made, user.Dn, ("objectClass", "user"), ("sAMAccountName", user.Account), ("displayName", user.Name), ("mail", user.Email!), ("userPrincipalName", user.Email!));
            admin.SendRequest(new ModifyRequest(user.Dn, Set("unicodePwd", Encoding.Unicode.GetBytes("\"Us3r-Passw0rd!\"")), Set("userAccountControl", "512"u8.ToArray())));
            foreach (var group in user.Groups)
            {
                admin.SendRequest(new ModifyRequest(company.Directory.Groups[group].Dn, DirectoryAttributeOperation.Add, "member", user.Dn));
            }
        }

        foreach (var (name, group) in company.Directory.Groups)
        {
            foreach (var parent in group.MemberOf.Where(parent => parent != "Domain Users"))
            {
                admin.SendRequest(new ModifyRequest(company.Directory.Groups[parent].Dn, DirectoryAttributeOperation.Add, "member", company.Directory.Groups[name].Dn));
            }
        }

        // The domain controller of the estate is this one; it is there already.
        foreach (var computer in company.Directory.Computers.Values.Where(computer => !computer.DomainController))
        {
            Add(admin, made, computer.Dn, ("objectClass", "computer"), ("sAMAccountName", computer.Name + "$"), ("operatingSystem", computer.Os!), ("dNSHostName", computer.Name.ToLowerInvariant() + ".company.com"), ("userAccountControl", "4096"));
        }

        const string service = "CN=svc-responder,CN=Users,DC=company,DC=com";
        Add(admin, made, service, ("objectClass", "user"), ("sAMAccountName", "svc-responder"), ("userPrincipalName", "svc-responder@company.com"));
        admin.SendRequest(new ModifyRequest(service, Set("unicodePwd", Encoding.Unicode.GetBytes($"\"{ServicePassword}\"")), Set("userAccountControl", "512"u8.ToArray())));
    }

    private static void Add(LdapConnection admin, HashSet<string> made, string dn, params (string Name, string Value)[] attributes)
    {
        var parent = dn[(dn.IndexOf(',', StringComparison.Ordinal) + 1)..];
        if (parent.StartsWith("OU=", StringComparison.Ordinal) && made.Add(parent))
        {
            Add(admin, made, parent, ("objectClass", "organizationalUnit"));
        }

        admin.SendRequest(new AddRequest(dn, [.. attributes.Select(attribute => new DirectoryAttribute(attribute.Name, attribute.Value))]));
    }

    private static DirectoryAttributeModification Set(string attribute, byte[] value)
    {
        var change = new DirectoryAttributeModification { Name = attribute, Operation = DirectoryAttributeOperation.Replace };
        change.Add(value);
        return change;
    }

    private async Task ListensAsync()
    {
        using var enough = new CancellationTokenSource(LongestStart);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync(enough.Token))
        {
            if (_process!.HasExited)
            {
                lock (_said)
                {
                    throw new InvalidOperationException($"Samba's domain controller, which these tests need, did not start (tests/samba/serve.sh ended with {_process.ExitCode}):\n{_said}{(File.Exists(AuditLog) ? File.ReadAllText(AuditLog) : string.Empty)}");
                }
            }

            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(Address, 636, enough.Token);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }

    private void Said(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }

    private static string OfThisProcess()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(AppContext.BaseDirectory + Environment.ProcessId));
        return string.Create(CultureInfo.InvariantCulture, $"127.{64 + (hash[0] % 64)}.{hash[1]}.{1 + (hash[2] % 254)}");
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
