using System.Collections.Concurrent;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>The files of the live-response library; at first one script, hello.ps1, which greets.</summary>
internal sealed class ScriptShelf
{
    public const string Hello = "hello.ps1";

    public ConcurrentDictionary<string, (byte[] Content, string Description, DateTimeOffset At)> Files { get; } =
        new([KeyValuePair.Create(Hello, ("\"hello $args\"\n"u8.ToArray(), "Greets", DateTimeOffset.UnixEpoch))], StringComparer.OrdinalIgnoreCase);
}
