using Responder.Playbooks.Language.Grammar;
using static Responder.Playbooks.Language.Grammar.PlaybookGrammar;

namespace Responder.Playbooks.Policies;

/// <summary>The policy file: every key, what it takes, and one sentence for editors.</summary>
internal static class PolicyGrammar
{
    /// <summary>The names of rules and sets.</summary>
    public static readonly TextForm Names = new("small letters, digits and single -", "[a-z0-9]+(-[a-z0-9]+)*");

    private static readonly TextForm Clock = new("a time of day: 08:00", "([01][0-9]|2[0-3]):[0-5][0-9]");
    private static readonly Slot Days = new ListSlot(new WordSlot("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "a list of mon, tue, wed, thu, fri, sat, sun");
    private static readonly Slot OneOrMore = new EitherSlot("text, or a list of texts", scalar: Text, list: new ListSlot(Text, "a list of texts"));
    private static readonly Slot Effects = new WordSlot("notify", "record", "contain", "destroy");
    private static readonly Slot Roles = new ListSlot(Text, "a list of roles");
    private static readonly Key Id = new("id", new TextSlot(Names), "Its name: it stands in the journal beside what it said.", Required: true);
    private static readonly Key Why = new("why", Text, "For people: it is shown with the answer.");

    private static readonly Slot Hours = Fixed("hours", "a map with `days`, `from`, `to`, `zone`", [
        new("days", Days, "The days; every day where it is not said."),
        new("from", new TextSlot(Clock), "From this time of day.", Required: true),
        new("to", new TextSlot(Clock), "To this time of day; where it is not later, it is the next day's.", Required: true),
        new("zone", Text, "An IANA name: Europe/Berlin. UTC unless said."),
    ]);

    private static readonly Key[] Conditions = [
        new("effect", new EitherSlot("an effect, or a list of them", scalar: Effects, list: new ListSlot(Effects, "a list of effects")), "What the action does: notify, record, contain, destroy."),
        new("action", OneOrMore, "Actions, or patterns: edr.delete_*."),
        new("playbook", OneOrMore, "Playbooks, or patterns."),
        new("connection", OneOrMore, "Connections, or patterns."),
        new("target", OneOrMore, "Names from `assets`: a target is in one of them."),
        new("severity", Fixed("`severity`", "a map with `at_least`, `below`", [
            new("at_least", new IntegerSlot(0, 100), "From this score on."),
            new("below", new IntegerSlot(1, 101), "Below this score."),
        ]), "The alert's score, 0 to 100. A score that is not known never loosens anything."),
        new("during", Hours, "Only in these hours."),
        new("outside", Hours, "Only apart from these hours."),
    ];

    private static readonly Slot Asset = Fixed("an asset set", "a map of what is in it", [
        new("ids", OneOrMore, "The product's own ids."),
        new("names", OneOrMore, "Names, or patterns: svc-*."),
        new("tags", OneOrMore, "The product's tags."),
        new("roles", OneOrMore, "What the product says it is: Domain Controller."),
        new("groups", OneOrMore, "Groups it belongs to, also through others."),
        new("owners", OneOrMore, "Who uses or owns it."),
        Why,
    ]);

    private static readonly Slot Rule = Fixed("a rule", "a map with `id` and `then`", [
        Id, .. Conditions,
        new("then", new WordSlot("allow", "require_approval", "refuse"), "What holds then.", Required: true),
        new("roles", Roles, "With require_approval: who approves; analyst unless said."),
        new("count", new IntegerSlot(1, 10), "With require_approval: how many people."),
        Why,
    ]);

    private static readonly Slot Limit = Fixed("a limit", "a map with `id`, `at_most` and `window`", [
        Id, .. Conditions.Where(key => key.Name is "effect" or "action" or "playbook" or "connection" or "target"),
        new("at_most", new IntegerSlot(0, 1_000_000), "So many may happen without being asked for.", Required: true),
        new("window", Duration, "In how long.", Required: true),
        new("per", new WordSlot("all", "action", "target", "playbook", "connection"), "What is counted apart; all unless said."),
        new("roles", Roles, "Who approves one past that; lead unless said."),
    ]);

    public static readonly Slot Policy = Fixed("a policy", "a map", [
        new("version", Text, "Your word for this edition; the journal keeps it beside the hash."),
        new("assets", new NamesSlot(Asset, "an asset set", "a map of names to sets", Names, mayBeEmpty: true), "Sets of hosts and accounts."),
        new("protected", new ListSlot(new TextSlot(Names), "a list of names from `assets`", mayBeEmpty: true), "Sets that need a lead, always."),
        new("rules", new ListSlot(Rule, "a list of rules", mayBeEmpty: true), "The first that meets an action decides."),
        new("limits", new ListSlot(Limit, "a list of limits", mayBeEmpty: true), "How many effects of a kind there may be in a window."),
        new("deletable", Fixed("`deletable`", "a map with `folders`", [
            new("folders", new ListSlot(Text, "a list of folders", mayBeEmpty: true), @"Folders that may be deleted with the ordinary approval: C:\Temp\*.", Required: true),
        ]), "What may be deleted; any other folder needs a lead."),
        new("approvals", Fixed("`approvals`", "a map with `time`", [
            new("time", Duration, "How long a gate waits where the playbook does not say."),
        ]), "How gates wait."),
    ]);
}
