using System.Text.Json;
using Responder.Engine.Planning;
using Responder.Sdk;

namespace Responder.Cli;

/// <summary>A dry run for people.</summary>
internal static class PlanText
{
    public static void Write(RunPlan plan)
    {
        Console.Out.WriteLine($"{plan.Playbook}  {plan.DefinitionHash[..19]}  nothing here has an effect");
        foreach (var step in plan.Steps)
        {
            var indent = new string(' ', 2 + (step.Depth * 2));
            var mark = step.Certainty switch { "no" => "–", "maybe" => "?", _ => "▶" };
            Console.Out.WriteLine($"{indent}{mark} {step.Id ?? step.Name ?? step.Path}  {step.Action ?? step.Kind}{(step.Effect is { } effect and not Effect.Read ? $" [{effect.ToString().ToLowerInvariant()}]" : string.Empty)}{(step.Note is null ? string.Empty : $"  ({RunText.Plain(step.Note)})")}");
            if (step.Certainty != "no" && step.Inputs is { ValueKind: JsonValueKind.Object } inputs)
            {
                foreach (var input in inputs.EnumerateObject())
                {
                    Console.Out.WriteLine($"{indent}    {input.Name}: {RunText.Plain(Text(input.Value))}");
                }
            }

            if (step.Gate is { } gate)
            {
                Console.Out.WriteLine($"{indent}    gate: {RunText.Plain(gate.Title)} – {gate.Count} of {string.Join(" or ", gate.Roles)}{(gate.TimeoutSeconds is { } seconds ? $", {TimeSpan.FromSeconds(seconds):g}, then {gate.OnTimeout}" : string.Empty)}{(gate.ByPolicy ? ", asked by policy" : string.Empty)}");
            }

            foreach (var line in (step.Policy?.Findings.Select(finding => $"policy: {finding.Verdict}: {finding.Reason}") ?? []).Concat(step.BlastRadius?.Select(line => "touches: " + line) ?? []))
            {
                Console.Out.WriteLine($"{indent}    {RunText.Plain(line)}");
            }
        }
    }

    /// <summary>A value in a line; a text of another language with its values between ‹ and ›.</summary>
    private static string Text(JsonElement value)
    {
        var isTemplate = value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().Any(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("value", out _))
            && value.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String || (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("value", out _)));
        return isTemplate ? value.Deserialize<Template>(Json.Options)!.ToString()
            : value.ValueKind == JsonValueKind.String ? value.GetString()!
            : JsonSerializer.Serialize(value, Json.Options);
    }
}
