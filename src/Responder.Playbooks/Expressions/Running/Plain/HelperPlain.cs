namespace Responder.Playbooks.Expressions;

/// <summary>A call of a helper.</summary>
internal sealed class HelperPlain(Helper helper, PlainNode[] arguments) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var values = new PlainValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope, owner);
            if (values[i].IsBeyond)
            {
                return PlainValue.Beyond;
            }
        }

        try
        {
            return helper(values, scope.Now);
        }
        catch (Stopped reason)
        {
            throw new ExpressionFailure(reason.Message, owner.Source, owner.At, reason);
        }
    }
}
