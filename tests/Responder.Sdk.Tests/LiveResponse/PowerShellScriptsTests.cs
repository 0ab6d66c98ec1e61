using System.Diagnostics;
using System.Globalization;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Sdk.Tests.LiveResponse;

/// <summary>
/// The scripts for Windows, by PowerShell (a tool of .NET: <c>dotnet tool restore</c>). A drive here is a folder whose name is <c>C:\</c>, and a symbolic link is a reparse point as a junction is;
/// what Windows alone has (short names, mounted volumes, CIM) is played by the estate.
/// </summary>
public sealed class PowerShellScriptsTests : ScriptsContract
{
    protected override bool Windows => true;

    protected override string First => $"[IO.Directory]::SetCurrentDirectory('{Folder}')\n";

    protected override string Asked(string below) => @"C:\" + below.Replace('/', '\\');

    protected override string Real(string below) => Path.Combine(Folder, @"C:\", below);

    protected override (string Program, string[] Arguments) Shell(string file) =>
        ("dotnet", ["tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-File", file]);

    [Fact]
    public async Task A_process_ends_only_if_it_is_the_one_meant()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", ["300"]))!;
        try
        {
            var (pid, start) = ((long)process.Id, new DateTimeOffset(process.StartTime));
            Assert.Equal("other", (await RunAsync(HostScript.End(new KillProcess("1", pid, "notepad.exe")))).End);
            Assert.Equal("other", (await RunAsync(HostScript.End(new KillProcess("1", pid, "sleep", start.AddMinutes(-3))))).End);
            Assert.False(process.HasExited);
            var ended = await RunAsync(HostScript.End(new KillProcess("1", pid, "sleep", start)));
            Assert.Equal(("gone", pid), (ended.End, Assert.Single(ended.Processes).Pid));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("absent", (await RunAsync(HostScript.End(new KillProcess("1", 4_000_000, "sleep")))).End);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task From_a_library_it_takes_its_values_as_arguments()
    {
        var (file, script) = (Path.Combine(Folder, "library.ps1"), HostScript.Folder(Asked("staging"), deep: true));
        await File.WriteAllTextAsync(file, ScriptText.Body("folder", windows: true), TestContext.Current.CancellationToken);

        var (program, arguments) = Shell(file);
        var command = string.Create(CultureInfo.InvariantCulture, $"{First.TrimEnd()}; & '{file}' {string.Join(' ', script.Values.Select(ScriptText.Argument))}");
        var seen = await RunAsync((program, [.. arguments[..^2], "-Command", command]));

        Assert.Equal(("ok", 2L), (seen.End, seen.Number));
    }
}
