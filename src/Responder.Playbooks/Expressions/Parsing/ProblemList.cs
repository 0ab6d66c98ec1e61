using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>Problems of one expression as they are found, with their places in the file.</summary>
internal sealed class ProblemList(int shift, Func<int, SourcePosition> locate)
{
    private readonly List<ExpressionProblem> _items = [];

    public IReadOnlyList<ExpressionProblem> Items => _items;

    public void Add(string code, string message, string? hint, int offset) =>
        _items.Add(new ExpressionProblem(code, message, hint, shift + offset, locate(shift + offset)));
}
