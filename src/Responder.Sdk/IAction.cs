namespace Responder.Sdk;

/// <summary>One typed operation of a connector. Implemented by records that carry <see cref="ActionAttribute"/>.</summary>
/// <typeparam name="TResult">What the action returns; its public properties are what a playbook reads as <c>steps.id.name</c>.</typeparam>
public interface IAction<TResult>
{
}

/// <summary>Names an action and declares, once, what it does to the world.</summary>
/// <param name="name">The name that playbooks use: <c>capability.action</c>, or <c>connector.action</c> for a vendor's own.</param>
/// <param name="effect">What it does to the world.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActionAttribute(string name, Effect effect) : Attribute
{
    /// <summary>The name that playbooks use.</summary>
    public string Name { get; } = name;

    /// <summary>What it does to the world.</summary>
    public Effect Effect { get; } = effect;

    /// <summary>The action that takes this one's effect back, on the same target fields.</summary>
    public Type? Undo { get; set; }

    /// <summary>
    /// The read that lists what this action would destroy, on the fields of the same names; its <c>manifest</c> is this action's. The list is taken where none is given,
    /// and anew where it no longer fits (<see cref="Edr.DeletionManifest.Outdated"/>): then people are asked again.
    /// </summary>
    public Type? Lists { get; set; }

    /// <summary>True where it gives back what its inverse took: what it does is no containment in force, and it ends whatever its inverse did to the target.</summary>
    public bool Lifts { get; set; }

    /// <summary>Why a contain action has no inverse; shown before an undo is approved.</summary>
    public string? NoUndo { get; set; }
}

/// <summary>Marks the field that names what is acted on. Policy, locks, the ledger and the gate use it.</summary>
/// <param name="kind">What kind of thing the field names.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TargetAttribute(TargetKind kind) : Attribute
{
    /// <summary>What kind of thing the field names.</summary>
    public TargetKind Kind { get; } = kind;
}

/// <summary>A note on a field: shown in the catalogue, the editor and the reference page.</summary>
/// <param name="text">One sentence.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class)]
public sealed class AboutAttribute(string text) : Attribute
{
    /// <summary>One sentence.</summary>
    public string Text { get; } = text;
}

/// <summary>The checked form that a text field must have; the same forms as a playbook's inputs.</summary>
/// <param name="form">One of <c>hostname</c>, <c>email</c>, <c>ip</c>, <c>sha256</c>, <c>windows_path</c>, <c>time</c>, <c>duration</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FormAttribute(string form) : Attribute
{
    /// <summary>The form's name.</summary>
    public string Form { get; } = form;
}
