using System.Diagnostics;
using System.Globalization;

namespace Responder.Tests.Servers;

/// <summary>
/// A server's data folder on a disk of a few megabytes that it alone sees. Where this machine lets nobody mount one, a limit on how long the server's files may
/// become stands in for it: it can be set and lifted by anybody.
/// </summary>
internal static class SmallDisk
{
    private static readonly bool Mounts = Ends("unshare", "-rm", "mount", "-t", "tmpfs", "responder", "/mnt");

    /// <summary>A server on it, not started yet.</summary>
    public static ServingProgram Serve(IReadOnlyDictionary<string, string> settings) => new(settings)
    {
        Under = data => Mounts
            ? ["unshare", "-rm", "sh", "-c", "mkdir -p \"$0\" && mount -t tmpfs -o size=48m responder \"$0\" && exec \"$@\"", data]
            : ["sh", "-c", "trap '' XFSZ; exec \"$@\"", data],
    };

    /// <summary>From now on no file of its data folder can grow.</summary>
    public static void Fill(ServingProgram server)
    {
        if (!Mounts)
        {
            Limit(server, new DirectoryInfo(server.Data).EnumerateFiles().Max(file => file.Length).ToString(CultureInfo.InvariantCulture));
            return;
        }

        using var ballast = new FileStream(server.Seen("ballast"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                ballast.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>There is room again.</summary>
    public static void Free(ServingProgram server)
    {
        if (Mounts)
        {
            File.Delete(server.Seen("ballast"));
        }
        else
        {
            Limit(server, "unlimited");
        }
    }

    private static void Limit(ServingProgram server, string bytes) =>
        Assert.True(Ends("prlimit", "--pid", server.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"), "prlimit (util-linux) could not set the limit of the server's files.");

    private static bool Ends(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
