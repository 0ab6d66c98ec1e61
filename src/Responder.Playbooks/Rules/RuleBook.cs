using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>Every rule there is.</summary>
internal static class RuleBook
{
    /// <summary>By id. Named and not searched for: to look at every type of this assembly would load what its queries and scripts need, at each start.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new YamlParses(), new NoYamlMarks(), new KeysOnce(), new CommentsCutNothing(), new NoControlCharacters(), new KeysAreKnown(), new TypesFit(),
        new RequiredKeys(), new OneKind(), new DurationsParse(), new NumbersInRange(), new WordsAreKnown(), new NamesHaveTheirForm(),
        new IdIsTheFolder(), new AttackIdsHaveTheirForm(), new SchedulesParse(), new ConstantsOnly(), new NamesCanBeRead(), new WaitsAreOneThing(),
        new InputsAreSound(), new InputsCanBeFilled(), new LoopsEnd(), new IdsOnce(), new StepsExist(), new StepsAreVisible(),
        new StepsMayNotHaveRun(), new NamesAreInScope(), new InputsAreDeclared(), new VariablesAreDeclared(), new AlertFieldsExist(),
        new FieldsExist(), new OutputsExist(), new SetsDoNotRace(), new AlertMayBeNull(), new StepsCanBeReached(), new ComparisonsCanBeTrue(),
        new ExpressionsParse(), new ExpressionsArePure(), new HelpersAreCalledRight(), new BareFieldsAreBare(), new BackslashesAreDoubled(),
        new NoQuotesInOtherLanguages(), new ActionsExist(), new RequiredFields(), new FieldsAreKnown(), new ConstantsFit(), new ActionsAreServed(),
        new ConnectionsExist(), new RequestsSayWhatTheyDo(), new EffectsAreDeclaredOnce(), new UndoAndLeaseFit(), new TimeDecidesNoEffect(),
        new TimeoutResultsFit(), new OnlyReadsAreRepeated(), new WaitsEnd(), new TimeApprovesNoDestruction(), new TimeoutsAreChoices(),
        new EscalationsNameRoles(), new RolesExist(), new ChoicesCanBeMade(), new AnswersAloneDecideNothing(), new OnPremisesFirst(),
        new PolicyGates(), new CallsExist(), new NoCallCycles(), new CallInputsFit(), new CallOutputsExist(), new PlaybookIdsOnce(),
    ];

    /// <summary>What the rules for one file say, in the order of the file.</summary>
    public static IReadOnlyList<Problem> Check(Draft draft) => Run(draft, (rule, findings) => rule.Check(draft, findings));

    /// <summary>What the rules over files say of one of them.</summary>
    public static IReadOnlyList<Problem> Check(Draft draft, IReadOnlyDictionary<string, Draft> library) =>
        Run(draft, (rule, findings) => (rule as LibraryRule)?.Check(draft, library, findings));

    private static IReadOnlyList<Problem> Run(Draft draft, Action<Rule, Findings> check)
    {
        var problems = new List<Problem>();
        var findings = new Findings(draft.File, problems);
        foreach (var rule in Rules)
        {
            check(rule, findings.For(rule));
        }

        return [.. problems.OrderBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column).ThenBy(problem => problem.Rule, StringComparer.Ordinal)];
    }
}
