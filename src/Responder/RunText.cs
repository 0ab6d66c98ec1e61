using Responder.Hosting.Views;

namespace Responder.Cli;

/// <summary>A run for people, on standard output. Text of alerts is kept to one line and without control characters.</summary>
internal static class RunText
{
    public static void Write(RunView view)
    {
        Console.Out.WriteLine($"run {view.RunId}  {view.Playbook}  {view.Status}  {view.Outcome}");
        if (view.Reason is not null)
        {
            Console.Out.WriteLine($"  {Plain(view.Reason)}");
        }

        foreach (var step in view.Steps)
        {
            Console.Out.WriteLine($"  {step.Status,-16} {step.Id ?? step.Path,-28} {step.Action,-26} {(step.Error is null ? string.Empty : Plain(step.Error.Message))}");
            foreach (var finding in step.Policy?.Findings ?? [])
            {
                Console.Out.WriteLine($"    policy {finding.Rule}: {Plain(finding.Reason)}");
            }
        }

        foreach (var warning in view.Warnings)
        {
            Console.Out.WriteLine($"  warning: {Plain(warning)}");
        }

        if (view.MockEffects is { Count: > 0 } effects)
        {
            Console.Out.WriteLine($"  effects (mock): {string.Join(", ", effects.Select(one => $"{one.Key} ×{one.Value}"))}");
        }

        Console.Out.WriteLine($"  report: responder runs report {view.RunId}");
    }

    public static string Plain(string text)
    {
        var line = string.Concat(text.Select(sign => char.IsControl(sign) || char.GetUnicodeCategory(sign) == System.Globalization.UnicodeCategory.Format ? ' ' : sign));
        return line.Length <= 300 ? line : line[..300] + "…";
    }
}
