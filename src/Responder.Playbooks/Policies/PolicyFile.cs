using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Rules;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Policies;

/// <summary>Reads a policy file and says everything that is wrong with it, at once.</summary>
public static class PolicyFile
{
    /// <summary>The rules of playbooks that hold for any file of this form.</summary>
    private static readonly Rule[] Form = [new NoYamlMarks(), new KeysOnce(), new KeysAreKnown(), new TypesFit(), new RequiredKeys(), new DurationsParse(), new NumbersInRange(), new WordsAreKnown(), new NamesHaveTheirForm()];

    private static readonly Lazy<PolicyDocument> LazyDefault = new(() => Read("default.yaml", ReadDefault(), null).Policy
        ?? throw new InvalidOperationException("The built-in policy has an error."));

    /// <summary>The built-in policy.</summary>
    public static PolicyDocument Default => LazyDefault.Value;

    /// <summary>Reads it. Never throws on a text.</summary>
    /// <param name="file">The file as it is to be named in problems.</param>
    /// <param name="text">Its text.</param>
    /// <param name="catalog">Every action there is, to find names that mean none; null where that is not known.</param>
    public static PolicyResult Read(string file, string text, ActionCatalog? catalog)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        var yaml = YamlReader.Read(text);
        var problems = new List<Problem>();
        var checks = new PolicyChecks(file, problems, catalog);
        if (yaml.Error is { } error)
        {
            checks.Add(1, error.At, "this is not YAML: " + error.Message);
            return new PolicyResult(null, problems);
        }

        yaml.Faults.ToList().ForEach(fault => checks.Add(1, fault.At, fault.Message));
        if (yaml.Root is not YamlMap root)
        {
            checks.Add(1, yaml.Root?.At ?? new SourcePosition(1, 1), "a policy is a map of keys", "begin with what `responder policy default` prints");
            return new PolicyResult(null, problems);
        }

        var draft = new Draft { File = file, Options = ReadOptions.Neutral, Yaml = yaml, Visits = Visit.Walk(root, PolicyGrammar.Policy) };
        var findings = new Findings(file, problems);
        foreach (var rule in Form)
        {
            rule.Check(draft, findings.For(rule));
        }

        var policy = PolicyBuilder.Build(root, text);
        checks.Check(root, policy);
        problems.Sort((one, other) => (one.At.Line, one.At.Column).CompareTo((other.At.Line, other.At.Column)));
        return new PolicyResult(problems.Any(problem => problem.Level == ProblemLevel.Error) ? null : policy, problems);
    }

    private static string ReadDefault()
    {
        using var stream = typeof(PolicyFile).Assembly.GetManifestResourceStream("Policies/default.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What came of reading a policy.</summary>
/// <param name="Policy">The policy; null where a problem is an error.</param>
/// <param name="Problems">Everything found, in the order of the file.</param>
public sealed record PolicyResult(PolicyDocument? Policy, IReadOnlyList<Problem> Problems);
