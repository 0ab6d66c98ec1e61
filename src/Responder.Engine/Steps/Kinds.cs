using System.Text.Json;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary>Names of kinds as playbooks and people write them.</summary>
internal static class Kinds
{
    public static string Name(FailureKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static string Name(StepStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    public static string Name(OutcomeKind outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
