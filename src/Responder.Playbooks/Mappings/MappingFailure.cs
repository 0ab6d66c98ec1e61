using Responder.Playbooks.Language;

namespace Responder.Playbooks.Mappings;

/// <summary>A mapping or detection file that has problems.</summary>
/// <param name="problems">All of them.</param>
public sealed class MappingFailure(IReadOnlyList<Problem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
