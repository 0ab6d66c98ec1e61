using System.Text.Json;

namespace Responder.Sdk.Catalog;

/// <summary>All that is known of an action from its record and its attribute alone.</summary>
public sealed class ActionDescriptor
{
    // Read when they are first asked for: a server knows hundreds of actions, and its playbooks use a few.
    private readonly Lazy<string> _about;
    private readonly Lazy<IReadOnlyList<FieldDescriptor>> _inputs;
    private readonly Lazy<IReadOnlyList<FieldDescriptor>> _outputs;

    internal ActionDescriptor(Type actionType, Type resultType)
    {
        (ActionType, ResultType) = (actionType, resultType);
        _about = new(() => XmlComments.Summary(actionType));
        _inputs = new(() => FieldDescriptor.Of(actionType, inputs: true));
        _outputs = new(() => FieldDescriptor.Of(resultType, inputs: false));
    }

    /// <summary>The name that playbooks use: <c>edr.isolate_host</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The part before the dot: a capability, or a connector's own name.</summary>
    public string Capability => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>What it does to the world.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The action that takes it back; null where there is none.</summary>
    public string? Undo { get; init; }

    /// <summary>Why there is no inverse, where that is said.</summary>
    public string? NoUndo { get; init; }

    /// <summary>One or two sentences, from the record's comment.</summary>
    public string About => _about.Value;

    /// <summary>What <c>with</c> takes, in the record's order.</summary>
    public IReadOnlyList<FieldDescriptor> Inputs => _inputs.Value;

    /// <summary>What the action returns, in the result's order.</summary>
    public IReadOnlyList<FieldDescriptor> Outputs => _outputs.Value;

    /// <summary>The record.</summary>
    public Type ActionType { get; }

    /// <summary>The result.</summary>
    public Type ResultType { get; }

    /// <summary>The fields that name what is acted on.</summary>
    public IEnumerable<FieldDescriptor> Targets => Inputs.Where(input => input.Target is not null);

    /// <summary>An input by its name in a playbook.</summary>
    /// <param name="name">The name in snake_case.</param>
    public FieldDescriptor? Input(string name) => Inputs.FirstOrDefault(item => item.Name == name);

    /// <summary>An output by its name in a playbook.</summary>
    /// <param name="name">The name in snake_case.</param>
    public FieldDescriptor? Output(string name) => Outputs.FirstOrDefault(item => item.Name == name);
}

/// <summary>What of a <see cref="JsonElement"/> an action's inputs could not be made from.</summary>
/// <param name="Field">The field, where it is known.</param>
/// <param name="Message">What is wrong and what it takes.</param>
public sealed record InputProblem(string? Field, string Message);
