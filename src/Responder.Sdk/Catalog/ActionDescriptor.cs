using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Sdk.Catalog;

/// <summary>All that is known of an action from its record and its attribute alone.</summary>
public sealed class ActionDescriptor
{
    /// <summary>The name that playbooks use: <c>edr.isolate_host</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The part before the dot: a capability, or a connector's own name.</summary>
    public string Capability => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>What it does to the world.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The action that takes it back; null where there is none.</summary>
    public string? Undo { get; init; }

    /// <summary>The read that lists what it would destroy; null where there is none.</summary>
    public string? Lists { get; init; }

    /// <summary>True where it gives back what its inverse took.</summary>
    public bool Lifts { get; init; }

    /// <summary>Why there is no inverse, where that is said.</summary>
    public string? NoUndo { get; init; }

    /// <summary>One or two sentences, from the record's comment.</summary>
    public required string About { get; init; }

    /// <summary>What <c>with</c> takes, in the record's order.</summary>
    public required IReadOnlyList<FieldDescriptor> Inputs { get; init; }

    /// <summary>What the action returns, in the result's order.</summary>
    public required IReadOnlyList<FieldDescriptor> Outputs { get; init; }

    /// <summary>The record.</summary>
    public required Type ActionType { get; init; }

    /// <summary>The result.</summary>
    public required Type ResultType { get; init; }

    /// <summary>The fields that name what is acted on.</summary>
    public IEnumerable<FieldDescriptor> Targets => Inputs.Where(input => input.Target is not null);

    /// <summary>An input by its name in a playbook.</summary>
    /// <param name="name">The name in snake_case.</param>
    public FieldDescriptor? Input(string name) => Inputs.FirstOrDefault(item => item.Name == name);

    /// <summary>An output by its name in a playbook.</summary>
    /// <param name="name">The name in snake_case.</param>
    public FieldDescriptor? Output(string name) => Outputs.FirstOrDefault(item => item.Name == name);
}

/// <summary>A field of an action or of its result.</summary>
/// <param name="Name">Its name in a playbook, snake_case.</param>
/// <param name="Schema">Its JSON Schema.</param>
/// <param name="Required">True where it must be given, or is always there.</param>
/// <param name="About">One sentence, from the comment.</param>
/// <param name="Target">What kind of thing it names, where it names what is acted on.</param>
/// <param name="Form">The checked form it must have.</param>
/// <param name="Language">The other language that its text is in: its type is <see cref="Template"/>.</param>
/// <param name="Type">Its type here.</param>
public sealed record FieldDescriptor(
    string Name, JsonNode Schema, bool Required, string About, TargetKind? Target, string? Form, string? Language, Type Type)
{
    /// <summary>For people: <c>string</c>, <c>integer</c>, <c>list of string</c>, <c>template</c>.</summary>
    public string TypeName => TypeNames.Of(Type);
}

/// <summary>What of a <see cref="JsonElement"/> an action's inputs could not be made from.</summary>
/// <param name="Field">The field, where it is known.</param>
/// <param name="Message">What is wrong and what it takes.</param>
public sealed record InputProblem(string? Field, string Message);
