namespace Responder.Sdk.Edr;

/// <summary>Cuts a host off from the network, except from the EDR's own cloud.</summary>
/// <param name="Host">The EDR's id of the host, as <see cref="FindHost"/> returns it.</param>
/// <param name="Note">Kept with the order in the EDR's own audit, at most 500 characters.</param>
[Action("edr.isolate_host", Effect.Contain, Undo = typeof(ReleaseHost))]
public sealed record IsolateHost([property: Target(TargetKind.Host)] string Host, string? Note = null) : IAction<HostIsolation>;

/// <summary>Lets an isolated host back on the network.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Note">Kept with the order in the EDR's own audit, at most 500 characters.</param>
[Action("edr.release_host", Effect.Contain, Undo = typeof(IsolateHost), Lifts = true)]
public sealed record ReleaseHost([property: Target(TargetKind.Host)] string Host, string? Note = null) : IAction<HostIsolation>;

/// <summary>A host's isolation after the order.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Hostname">Its name.</param>
/// <param name="Isolation"><c>isolated</c>, <c>normal</c>, or <c>pending</c> where the host is offline.</param>
/// <param name="At">When the EDR confirmed it.</param>
public sealed record HostIsolation(string Host, string? Hostname, string Isolation, DateTimeOffset? At);
