namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>A host that scripts run on.</summary>
/// <param name="Id">The EDR's id of it.</param>
/// <param name="Hostname">Its name, for people.</param>
/// <param name="IsWindows">True for PowerShell and drive paths; false for a POSIX shell.</param>
public sealed record ScriptHost(string Id, string Hostname, bool IsWindows);
