namespace Responder.Playbooks.Language.Grammar;

/// <summary>The top level of a playbook: every key, what it takes, and one sentence for editors.</summary>
internal static class PlaybookGrammar
{
    /// <summary>Names of steps, inputs, variables, branches and outputs.</summary>
    public static readonly TextForm Name = new("a name: a small letter, then small letters, digits and _", "[a-z][a-z0-9_]*");

    /// <summary>A playbook's id.</summary>
    public static readonly TextForm Id = new("kebab-case: small letters, digits and single -", "[a-z0-9]+(-[a-z0-9]+)*");

    /// <summary>An ATT&amp;CK technique id.</summary>
    public static readonly TextForm Attack = new("an ATT&CK technique id: T1074 or T1074.001", "T[0-9]{4}(\\.[0-9]{3})?");

    public static readonly Slot Text = new TextSlot();
    public static readonly Slot Value = new ValueSlot();
    public static readonly Slot Values = new NamesSlot(Value, "a name", "a map of names to values", Name, mayBeEmpty: true);
    public static readonly Slot Duration = new DurationSlot();
    public static readonly Slot Bare = new BareSlot();
    public static readonly Slot Flag = new BooleanSlot();
    public static readonly Slot Texts = new ListSlot(Text, "a list of texts", mayBeEmpty: true);

    /// <summary>What an input, or a field of a gate's form, is.</summary>
    public static readonly Slot Input = Fixed("an input", "a map with `type`", [
        new("type", new TextSlot(), "Its type: " + string.Join(", ", InputForms.Types) + "; with [] a list of them.", Required: true),
        new("description", Text, "For people, shown beside the field."),
        new("default", Value, "The value where none is given."),
        new("required", Flag, "true, unless said: null after the default refuses the start."),
        new("enum", new ListSlot(new ConstantSlot(), "a list of constants"), "The values it may have."),
        new("pattern", Text, "A regular expression that the whole text must match."),
    ]);

    public static readonly Slot Inputs = new NamesSlot(Input, "an input", "a map of names to inputs", Name, mayBeEmpty: true);

    public static readonly Slot Playbook = Fixed("a playbook", "a map", [
        new("id", new TextSlot(Id), "Kebab-case; equals the folder's name.", Required: true),
        new("name", Text, "For people.", Required: true),
        new("description", Text, "What it does and when, for people."),
        new("owner", Text, "Who answers for it."),
        new("attack", new ListSlot(new TextSlot(Attack), "a list of ATT&CK technique ids", mayBeEmpty: true), "ATT&CK technique ids."),
        new("tags", Texts, "Free words."),
        new("on", On(), "What starts it. Without it the playbook can only be called."),
        new("concurrency", Fixed("`concurrency`", "a map with `key` and `policy`", [
            new("key", Value, "One run at a time for this key; one name space for all playbooks.", Required: true),
            new("policy", new WordSlot("queue", "skip", "fail"), "What a second run of the same key does.", Required: true),
        ]), "How many of its runs may be at work at once."),
        new("inputs", Inputs, "What it needs: name to type, default and more."),
        new("vars", new NamesSlot(Value, "a variable", "a map of names to start values", Name, mayBeEmpty: true), "Names that `set` may change, with their start values."),
        new("outputs", new NamesSlot(Value, "an output", "a map of names to values", Name, mayBeEmpty: true), "What a `call` of it gets, worked out when it ends."),
        new("timeout", Duration, "For the whole run."),
        new("steps", StepGrammar.Steps, "The work.", Required: true),
        new("on_failure", StepGrammar.Steps, "Steps run when the run fails."),
        new("finally", StepGrammar.Steps, "Steps run at every end."),
    ]);

    public static ShapeSlot Fixed(string name, string takes, IReadOnlyList<Key> keys)
    {
        var shape = new Shape(name, keys);
        return new ShapeSlot(_ => shape, takes);
    }

    private static ShapeSlot On() => Fixed("`on`", "a map with `alert`, `schedule` or `manual`", [
        new("alert", Fixed("`on.alert`", "a map with `when`", [
            new("when", Bare, "True for the alerts that start it.", Required: true),
            new("dedupe", Fixed("`dedupe`", "a map with `key` and `window`", [
                new("key", Value, "An alert with the same key inside the window is attached to the run that is there.", Required: true),
                new("window", Duration, "How long a key counts.", Required: true),
            ]), "Keeps a second alert about the same thing from starting a second run."),
        ]), "An alert for which `when` is true starts it."),
        new("schedule", Fixed("`on.schedule`", "a map with `cron`", [
            new("cron", Text, "Quartz syntax: seconds, minutes, hours, day of month, month, day of week.", Required: true),
            new("timezone", Text, "An IANA name: Europe/Berlin. UTC unless said."),
        ]), "A time starts it."),
        new("manual", Flag, "true: it may be started by hand; `inputs` make the form."),
    ]);
}
