using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Hosting.Policies;

/// <summary>The cases of a policy: <c>policy.tests.yaml</c> beside it, a list of what is done to what, and what policy must say.</summary>
public sealed record PolicyCase
{
    /// <summary>What it shows, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The action.</summary>
    public required string Action { get; init; }

    /// <summary>Its effect.</summary>
    public Effect Effect { get; init; } = Effect.Contain;

    /// <summary>What it acts on.</summary>
    public IReadOnlyList<PolicyCaseTarget> Targets { get; init; } = [];

    /// <summary>By which playbook.</summary>
    public string Playbook { get; init; } = string.Empty;

    /// <summary>On which connection.</summary>
    public string Connection { get; init; } = string.Empty;

    /// <summary>The alert's severity.</summary>
    public int? Severity { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; } = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What policy must say.</summary>
    public required PolicyVerdict Expect { get; init; }

    /// <summary>A rule that must have spoken: <c>protected.domain-controllers</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>Who must be asked.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Reads the cases of a file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="yaml">Its text.</param>
    /// <exception cref="InvalidDataException">It is no list of cases; the message says what is wrong.</exception>
    public static IReadOnlyList<PolicyCase> Read(string file, string yaml)
    {
        try
        {
            var root = YamlJson.Read(yaml, file) is [var (_, first)] ? first : null;
            return root is JsonArray list
                ? list.Deserialize<List<PolicyCase>>(Strict)!
                : throw new InvalidDataException($"{file}: is a list of cases, each with name, action and expect.");
        }
        catch (Exception failure) when (failure is YamlJsonException or JsonException)
        {
            throw new InvalidDataException(failure is JsonException { Path: { } path } ? $"{file}: {path}: {failure.Message}" : failure.Message, failure);
        }
    }

    private static JsonSerializerOptions Strict { get; } = new(Json.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>What is wrong; null where policy says what it must.</summary>
    /// <param name="policy">The policy.</param>
    public string? Problem(IPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var answer = policy.Evaluate(new PolicyRequest(
            Playbook, Action, Effect, Connection, JsonSerializer.SerializeToElement(new JsonObject()), [.. Targets.Select(target => target.Facts)], Severity, At));
        var said = answer.Findings.Count == 0 ? "no rule spoke" : string.Join(" ", answer.Findings.Select(finding => $"{finding.Rule}: {finding.Reason}"));
        return answer.Verdict != Expect ? $"expected {Json.Word(Expect)}, policy says {Json.Word(answer.Verdict)} ({said})"
            : Rule is { } rule && answer.Findings.All(finding => finding.Rule != rule) ? $"expected the rule {rule} to speak ({said})"
            : Roles is { } roles && !roles.SequenceEqual(answer.Roles) ? $"expected {string.Join(", ", roles)} to be asked, policy asks {string.Join(", ", answer.Roles)} ({said})"
            : null;
    }
}

/// <summary>A target of a case, as its product would describe it.</summary>
public sealed record PolicyCaseTarget
{
    /// <summary>What kind of thing.</summary>
    public TargetKind Kind { get; init; }

    /// <summary>Its id; the first of its names where it is not said.</summary>
    public string? Id { get; init; }

    /// <summary>Its names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the product says it is.</summary>
    public string? Role { get; init; }

    /// <summary>Its groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Who uses it.</summary>
    public string? Owner { get; init; }

    internal TargetFacts Facts => new(Kind, Id ?? (Names.Count > 0 ? Names[0] : string.Empty), Names, Tags, Role, Groups, Owner);
}
