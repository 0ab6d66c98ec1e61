using static Responder.Playbooks.Language.Grammar.PlaybookGrammar;

namespace Responder.Playbooks.Language.Grammar;

/// <summary>The maps inside a step: retry, on_error, approval, wait, probe.</summary>
internal static class StepParts
{
    public static readonly Slot Retry = Fixed("`retry`", "a map: {attempts, backoff, initial, max, jitter, on, until}", [
        new("attempts", new IntegerSlot(1, 1000), "The most attempts; 4 unless said."),
        new("backoff", new WordSlot("exponential", "constant"), "How the waits between attempts grow; exponential unless said."),
        new("initial", Duration, "The first wait; 1s unless said."),
        new("max", Duration, "The longest wait; 1m unless said."),
        new("jitter", Flag, "true, unless said: the waits are spread."),
        new("on", new ListSlot(new WordSlot(StepGrammar.FailureKinds), "a list of error kinds"), "Which failures; transient, rate_limited and offline unless said."),
        new("until", Bare, "Over result: repeats an action without effect while it is false."),
    ]);

    public static readonly Slot Approval = Fixed("`approval`", "a map", [
        new("title", Value, "What is asked."),
        new("when", Bare, "Ask only where true; policy may ask anyway."),
        new("roles", new ListSlot(Text, "a list of roles"), "Who may answer; policy's default unless said."),
        new("count", new IntegerSlot(1, 10), "How many must approve; 1 unless said."),
        new("choices", new ListSlot(new TextSlot(Name), "a list of choices"), "What may be answered; approve and reject unless said."),
        new("fields", Inputs, "A form, as `inputs`."),
        new("evidence", new ListSlot(Bare, "a list of expressions, without ${{ }}"), "What to show besides."),
        new("timeout", Duration, "How long to wait; policy's default unless said."),
        new("on_timeout", new TextSlot(), "One of the choices, or escalate; reject unless said."),
        new("escalate_to", new ListSlot(Text, "a list of roles"), "Who is asked next, with on_timeout: escalate."),
        new("on_reject", new WordSlot("stop", "skip"), "stop, unless said: the run ends rejected. skip: the step is rejected and the run goes on."),
    ]);

    public static readonly Slot Wait = new EitherSlot(
        "a duration, {until: time} or {event: name, match: expression}",
        Value,
        map: Fixed("`wait`", "a map with `until` or `event`", [
            new("until", Value, "A time: a constant, or ${{ }}."),
            new("event", new TextSlot(Name), "An event's name."),
            new("match", Bare, "Over event: which event of that name."),
        ]));

    public static readonly Slot Probe = Fixed("`probe`", "a map with `with` and `happened`", [
        new("with", Values, "The request's inputs.", Required: true),
        new("happened", Bare, "Over response: true where it happened.", Required: true),
    ]);

    // The steps in it are reached through a list that is made later.
    public static readonly Slot OnError = new LazySlot(() =>
    {
        var one = new EitherSlot("fail, continue or a list of steps", new WordSlot("fail", "continue"), StepGrammar.Steps);
        var byKind = new Shape("`on_error`", [.. StepGrammar.FailureKinds.Select(kind => new Key(kind, one, "What this kind of failure does."))]);
        return new EitherSlot(
            "fail, continue, a list of steps, or a map from error kind to one of these",
            new WordSlot("fail", "continue"), StepGrammar.Steps, new ShapeSlot(_ => byKind, "a map from error kind"));
    });
}

/// <summary>A slot made when it is first asked for.</summary>
internal sealed class LazySlot(Func<Slot> make) : Slot
{
    private readonly Lazy<Slot> _slot = new(make);

    public Slot Real => _slot.Value;

    public override string Takes => Real.Takes;

    public override bool Accepts(Yaml.YamlNode node) => Real.Accepts(node);

    public override IEnumerable<(Yaml.YamlNode Node, Slot Slot, Yaml.YamlText? Key)> Inside(Yaml.YamlNode node) => [(node, Real, null)];
}
