using System.Text.Json;
using Responder.Playbooks.Language.Yaml;
using Responder.Sdk;
using static Responder.Playbooks.Language.Grammar.PlaybookGrammar;

namespace Responder.Playbooks.Language.Grammar;

/// <summary>Steps: the keys that make a kind, those that go with it, and those that any step may have.</summary>
internal static class StepGrammar
{
    /// <summary>Kinds of failure, as playbooks name them.</summary>
    public static readonly string[] FailureKinds = [.. System.Enum.GetNames<FailureKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>The names of what an expression can see, which a loop's item may not take.</summary>
    public static readonly string[] ScopeNames =
        ["alert", "inputs", "vars", "steps", "run", "report", "connectors", "index", "error", "failure", "result", "event", "response"];

    /// <summary>An action's name.</summary>
    public static readonly TextForm Action = new("an action: capability.action", "[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");

    /// <summary>One step.</summary>
    public static readonly ShapeSlot Step = new(Of, "a step (a map)");

    public static readonly Slot Steps = new ListSlot(Step, "a list of steps");

    // Steps hold lists of steps, so the keys are made when they are first asked for.
    private static readonly Lazy<IReadOnlyList<Key>> LazyCommon = new(CommonKeys);
    private static readonly Lazy<IReadOnlyDictionary<string, Shape>> LazyShapes = new(MakeShapes);
    private static readonly Lazy<Shape> LazyAny = new(() => new Shape("a step", [.. LazyShapes.Value.Values.SelectMany(shape => shape.Keys).DistinctBy(key => key.Name)]));

    /// <summary>The keys that make a kind, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["uses", "if", "switch", "parallel", "foreach", "while", "try", "wait", "set", "call", "stop", "approval"];

    /// <summary>Each kind's keys.</summary>
    public static IReadOnlyDictionary<string, Shape> Shapes => LazyShapes.Value;

    /// <summary>Keys that any step may have.</summary>
    public static IReadOnlyList<Key> Common => LazyCommon.Value;

    /// <summary>The kinds that a step's keys name: one in a good step. An approval beside <c>uses</c> is a gate.</summary>
    public static IReadOnlyList<string> KindsOf(YamlMap step)
    {
        var found = Kinds.Where(step.Has).ToList();
        return found.Contains("uses") ? [.. found.Where(kind => kind != "approval")] : found;
    }

    /// <summary>The shape of a step; that of any step where its kind is not clear.</summary>
    private static Shape Of(YamlMap? step) => step is not null && KindsOf(step) is [var kind] ? Shapes[kind] : LazyAny.Value;

    private static List<Key> CommonKeys() => [
        new("id", new TextSlot(Name), "The name by which later steps read it."),
        new("name", Text, "For people."),
        new("when", Bare, "Skipped where false."),
        new("timeout", Duration, "For all attempts, not for the wait at the gate."),
        new("retry", StepParts.Retry, "How often it is tried."),
        new("on_error", StepParts.OnError, "What a failure does: fail, continue, steps to run in its place, or a map from error kind to one of these."),
        new("on_timeout", Value, "The value to take as the result when time runs out: for approval, wait, chat.ask and actions without effect."),
    ];

    private static Dictionary<string, Shape> MakeShapes() => new()
    {
        ["uses"] = Kind("uses", [
            new("uses", new TextSlot(Action), "The action: capability.action, or connector.action for a vendor's own.", Required: true),
            new("with", Values, "The action's inputs."),
            new("connection", Text, "Which configured connection, where there are several."),
            new("approval", StepParts.Approval, "A gate in front of it."),
            new("undo", new EitherSlot("auto, none or a list of steps", new WordSlot("auto", "none"), Steps), "How it is undone: auto (the action's own inverse), none, or steps."),
            new("lease", Duration, "How long a containment lasts before people are asked to extend or release it."),
            new("effect", new WordSlot([.. System.Enum.GetNames<Effect>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]), "For http.request: what it does to the world."),
            new("recovery", new WordSlot("repeat", "ask"), "For http.request with an effect: how an attempt whose end is unknown is taken up."),
            new("probe", StepParts.Probe, "For http.request with an effect: a request that tells whether it happened."),
        ]),
        ["approval"] = Kind("approval", [new("approval", StepParts.Approval, "Asks people and waits.", Required: true)]),
        ["if"] = Kind("if", [
            new("if", Bare, "The condition.", Required: true),
            new("then", Steps, "Run where it is true.", Required: true),
            new("else", Steps, "Run where it is false."),
        ]),
        ["switch"] = Kind("switch", [
            new("switch", Bare, "Its value, as text, picks the case.", Required: true),
            new("cases", new NamesSlot(Steps, "a case", "a map of values to lists of steps", null), "The value as text, and the steps to run.", Required: true),
            new("default", Steps, "Run where no case fits."),
        ]),
        ["parallel"] = Kind("parallel", [
            new("parallel", new NamesSlot(Steps, "a branch", "a map of names to lists of steps", Name), "Named branches, at the same time.", Required: true),
        ]),
        ["foreach"] = Kind("foreach", [
            new("foreach", new EitherSlot("a list, or an expression without ${{ }}", Bare, new ListSlot(Value, "a list", mayBeEmpty: true)), "The list.", Required: true),
            new("as", new TextSlot(Name), "The item's name; item unless said."),
            new("at_once", new IntegerSlot(1, 100), "How many passes at once; 1 unless said."),
            new("steps", Steps, "One pass.", Required: true),
        ]),
        ["while"] = Kind("while", [
            new("while", Bare, "Tested before each pass; sees the pass before.", Required: true),
            new("max", new IntegerSlot(1, 10_000), "The most passes; reaching it fails the step.", Required: true),
            new("steps", Steps, "One pass.", Required: true),
        ]),
        ["try"] = Kind("try", [
            new("try", Steps, "What is tried.", Required: true),
            new("catch", Steps, "Run where it fails; sees error.", Required: true),
        ]),
        ["wait"] = Kind("wait", [new("wait", StepParts.Wait, "A duration, {until: time}, or {event: name, match: expression}.", Required: true)]),
        ["set"] = Kind("set", [
            new("set", new NamesSlot(Value, "a variable", "a map of variables to values", Name), "Variables and their new values.", Required: true),
        ]),
        ["call"] = Kind("call", [
            new("call", new TextSlot(Id), "The playbook's id, a constant.", Required: true),
            new("with", Values, "Its inputs."),
        ]),
        ["stop"] = Kind("stop", [
            new("stop", Fixed("`stop`", "a map with `outcome`", [
                new("outcome", new TextSlot(Name), "A constant: contained, false_positive, benign, failed, or your own word.", Required: true),
                new("reason", Value, "Why, for people."),
            ]), "Ends the run.", Required: true),
        ]),
    };

    private static Shape Kind(string kind, IReadOnlyList<Key> keys) => new($"a step of kind `{kind}`", [.. keys, .. Common]);
}
