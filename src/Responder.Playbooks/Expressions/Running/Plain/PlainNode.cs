namespace Responder.Playbooks.Expressions;

/// <summary>
/// A part of an expression that is worked out by hand, without the script engine. It either gives exactly what JavaScript gives, or says
/// <see cref="PlainKind.Beyond"/>; nothing has an effect, so the engine can start again from the beginning.
/// </summary>
internal abstract class PlainNode
{
    /// <exception cref="ExpressionFailure">A member of null was read, or of a large output.</exception>
    public abstract PlainValue Evaluate(IScope scope, Expression owner);
}

internal sealed class ConstantPlain(PlainValue value) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner) => value;
}
