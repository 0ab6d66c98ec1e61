using Responder.Sdk;

namespace Responder.Hosting.Audit;

/// <summary>Where heads and exports go, as settings and options write it.</summary>
public static class AuditTarget
{
    private const string Forms = "it takes file:/path/to/file, syslog://host:514 (UDP), syslog+tcp://host:601, syslog+tls://host:6514, or https://host/path";

    /// <summary>Opens it. Nothing is sent yet.</summary>
    /// <param name="text">The target.</param>
    /// <param name="setting">The setting's or option's name, for messages.</param>
    /// <param name="token">For a web address: sent as <c>Authorization: Bearer</c>; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SettingsException">It is none, or can't be.</exception>
    public static IAuditSink Open(string text, string setting, Secret? token, TimeProvider time) => Read(text, setting)(token, time);

    /// <summary>Sees to it that it is a target.</summary>
    /// <param name="text">The target.</param>
    /// <param name="setting">The setting's or option's name, for messages.</param>
    /// <exception cref="SettingsException">It is none, or can't be.</exception>
    public static void Check(string text, string setting) => Read(text, setting);

    private static Func<Secret?, TimeProvider, IAuditSink> Read(string text, string setting)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("file:", StringComparison.Ordinal))
        {
            var path = text["file:".Length..];
            return path.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder)
                ? (_, _) => new FileSink(Path.GetFullPath(path))
                : throw new SettingsException(setting, $"is '{text}', and its folder is not there; make it, or name another.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            throw new SettingsException(setting, $"is '{text}'; {Forms}.");
        }

        return address.Scheme switch
        {
            "https" => (token, _) => new HttpSink(address, token),
            "http" when address.IsLoopback => (token, _) => new HttpSink(address, token),
            "http" => throw new SettingsException(setting, $"is '{text}'; over a network it must be https, else anybody on the way can change it."),
            "syslog" => (_, time) => new SyslogSink(address.Host, address.Port < 0 ? 514 : address.Port, SyslogWay.Udp, time),
            "syslog+tcp" => (_, time) => new SyslogSink(address.Host, address.Port < 0 ? 601 : address.Port, SyslogWay.Tcp, time),
            "syslog+tls" => (_, time) => new SyslogSink(address.Host, address.Port < 0 ? 6514 : address.Port, SyslogWay.Tls, time),
            _ => throw new SettingsException(setting, $"is '{text}'; {Forms}."),
        };
    }
}
