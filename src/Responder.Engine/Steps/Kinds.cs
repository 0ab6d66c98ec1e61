using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary>Names of kinds as playbooks and people write them.</summary>
internal static class Kinds
{
    public static string Name(FailureKind kind) => Json.Word(kind);

    public static string Name(StepStatus status) => Json.Word(status);

    public static string Name(OutcomeKind outcome) => Json.Word(outcome);
}
