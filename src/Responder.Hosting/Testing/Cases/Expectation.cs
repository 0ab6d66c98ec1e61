using System.Text.Json;

namespace Responder.Hosting.Testing.Cases;

/// <summary>What must have come of a run. A list or map says what must be there, not all that may be; what is null is not looked at.</summary>
public sealed record Expectation
{
    /// <summary>False: no run.</summary>
    public bool? Started { get; init; }

    /// <summary>The run's status, exactly.</summary>
    public string? Status { get; init; }

    /// <summary>The run's outcome, exactly.</summary>
    public string? Outcome { get; init; }

    /// <summary>Is in the run's reason, or in the reason why there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>Steps that began.</summary>
    public IReadOnlyList<string> Ran { get; init; } = [];

    /// <summary>Steps that did not.</summary>
    public IReadOnlyList<string> NotRan { get; init; } = [];

    /// <summary>Steps to their status.</summary>
    public IReadOnlyDictionary<string, string> Steps { get; init; } = new Dictionary<string, string>();

    /// <summary>Actions to how often a connector was called.</summary>
    public IReadOnlyDictionary<string, int> Calls { get; init; } = new Dictionary<string, int>();

    /// <summary>Actions to how often their effect was done.</summary>
    public IReadOnlyDictionary<string, int> Effects { get; init; } = new Dictionary<string, int>();

    /// <summary>Gates, in the order asked.</summary>
    public IReadOnlyList<ApprovalLine> Approvals { get; init; } = [];

    /// <summary>Tickets that the run opened.</summary>
    public IReadOnlyList<TicketLine> Tickets { get; init; } = [];

    /// <summary>Messages that were sent.</summary>
    public IReadOnlyList<MessageLine> Messages { get; init; } = [];

    /// <summary>Messages that were not.</summary>
    public IReadOnlyList<MessageLine> NoMessages { get; init; } = [];

    /// <summary>Texts in the run's warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Outputs of the playbook, exactly.</summary>
    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>How the estate is at the end.</summary>
    public JsonElement? Estate { get; init; }
}

/// <summary>A gate that was asked.</summary>
public sealed record ApprovalLine
{
    /// <summary>The step.</summary>
    public required string Step { get; init; }

    /// <summary>Who was asked last.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>What was decided.</summary>
    public string? Choice { get; init; }

    /// <summary>By whom.</summary>
    public string? By { get; init; }

    /// <summary><c>answered</c> or <c>deadline</c>.</summary>
    public string? How { get; init; }

    /// <summary>True where policy asked.</summary>
    public bool? Policy { get; init; }
}

/// <summary>A ticket that the run opened.</summary>
public sealed record TicketLine
{
    /// <summary>Its project's key.</summary>
    public string? Project { get; init; }

    /// <summary>Its issue type.</summary>
    public string? Type { get; init; }

    /// <summary>Its status.</summary>
    public string? Status { get; init; }

    /// <summary>How it was closed.</summary>
    public string? Resolution { get; init; }

    /// <summary>Its priority.</summary>
    public string? Priority { get; init; }

    /// <summary>Is in its title.</summary>
    public string? Summary { get; init; }

    /// <summary>Is in its text.</summary>
    public string? Description { get; init; }

    /// <summary>Are among its labels.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Are among its components.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Each is in a comment.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Each is in a file's name.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>True: it belongs to another.</summary>
    public bool? Parent { get; init; }
}

/// <summary>A message that was sent.</summary>
public sealed record MessageLine
{
    /// <summary><c>chat</c> or <c>mail</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Is among its receivers.</summary>
    public string? To { get; init; }

    /// <summary>Is in its heading or body.</summary>
    public string? Text { get; init; }
}
