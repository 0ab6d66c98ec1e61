using Responder.Engine.Alerts;

namespace Responder.Engine.Matching;

/// <summary>What a <c>when</c> surely needs, read from it.</summary>
/// <param name="Techniques">One of these techniques; null where none is surely needed.</param>
/// <param name="Tests">Each must hold.</param>
internal sealed record Guard(IReadOnlySet<string>? Techniques, IReadOnlyList<Func<Alert, bool>> Tests)
{
    /// <summary>Nothing is known of it.</summary>
    public static Guard None { get; } = new(null, []);

    public bool MayBeTrue(Alert alert)
    {
        foreach (var test in Tests)
        {
            if (!test(alert))
            {
                return false;
            }
        }

        return true;
    }
}
