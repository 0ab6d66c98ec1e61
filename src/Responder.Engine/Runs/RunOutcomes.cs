namespace Responder.Engine.Runs;

/// <summary>What outcomes of runs mean beyond their word.</summary>
public static class RunOutcomes
{
    private static readonly HashSet<string> Harmless = ["false_positive", "benign"];

    /// <summary>True where the run found that nothing bad had happened.</summary>
    /// <param name="outcome">A run's outcome; null for none.</param>
    public static bool IsHarmless(string? outcome) => outcome is not null && Harmless.Contains(outcome);
}
