using System.Globalization;

namespace Responder.Tests.Servers;

/// <summary>The wall clock of a server that is to be started, set while it runs: libfaketime (Debian's package <c>libfaketime</c>), which the test script installs.</summary>
internal sealed class SettableClock
{
    private readonly ServingProgram _server;
    private readonly string _file;

    public SettableClock(ServingProgram server)
    {
        _server = server;
        _file = server.File("clock", "+0");
        server.Environment["LD_PRELOAD"] = Library();
        server.Environment["FAKETIME_TIMESTAMP_FILE"] = _file;
        server.Environment["FAKETIME_CACHE_DURATION"] = "1";
        server.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
    }

    /// <summary>Sets how far it is off, for a server that is not running.</summary>
    public async Task WriteAsync(TimeSpan off)
    {
        // Whole or not at all: it is read once a second.
        await File.WriteAllTextAsync(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{off.TotalSeconds:+0;-0;+0}"));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    /// <summary>Sets how far it is off; returns when the server goes by it.</summary>
    public async Task SetAsync(TimeSpan off)
    {
        await WriteAsync(off);
        await Settling.UntilAsync(async () => ((await _server.NowAsync()) - DateTimeOffset.UtcNow - off).Duration() < TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));
    }

    private static string Library() => Directory.Exists("/usr/lib")
        && Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true }).FirstOrDefault() is { } found
            ? found
            : throw new InvalidOperationException("There is no libfaketimeMT.so.1 under /usr/lib. `bash test.sh` installs it, or: apt-get install libfaketime");
}
