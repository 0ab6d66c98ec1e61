namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>Where a process can die or stand still: the places that a power cut would choose.</summary>
internal enum Boundary
{
    /// <summary>A batch has been handed in and is not committed.</summary>
    BeforeCommit,

    /// <summary>It is committed and nobody has been told.</summary>
    AfterCommit,

    /// <summary>The intent is committed and told; the call has not passed its gate.</summary>
    AfterIntent,

    /// <summary>The call is on its way.</summary>
    AfterSend,

    /// <summary>The product has done it and not answered.</summary>
    AfterDoing,

    /// <summary>The answer is there and not written down.</summary>
    AfterAnswer,
}
