using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>What came out of a body: alerts, and what is none with the reason.</summary>
/// <param name="Alerts">In the order received.</param>
/// <param name="Refused">In the order received.</param>
/// <param name="Source">The source it was read as; where <c>auto</c> found none, <c>auto</c>.</param>
public sealed record NormalizeResult(IReadOnlyList<Alert> Alerts, IReadOnlyList<Refusal> Refused, string Source)
{
    /// <summary><c>{"alerts":[…normal form…],"refused":[{"index","reason"}]}</c>.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(
        new { alerts = Alerts.Select(alert => alert.ToJson()), refused = Refused }, Sdk.Json.Options);
}

/// <summary>One that is no alert.</summary>
/// <param name="Index">Its place in the body, from 0.</param>
/// <param name="Reason">Why, for the sender: what is wrong and what is wanted.</param>
public sealed record Refusal(int Index, string Reason);
