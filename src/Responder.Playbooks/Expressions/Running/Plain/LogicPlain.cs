namespace Responder.Playbooks.Expressions;

/// <summary><c>!a</c>.</summary>
internal sealed class NotPlain(PlainNode inner) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var value = inner.Evaluate(scope, owner);
        return value.IsBeyond ? value : PlainValue.Of(!value.IsTrue);
    }
}

/// <summary><c>a &amp;&amp; b</c>.</summary>
internal sealed class AndPlain(PlainNode left, PlainNode right) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var value = left.Evaluate(scope, owner);
        return value.IsBeyond || !value.IsTrue ? value : right.Evaluate(scope, owner);
    }
}

/// <summary><c>a || b</c>.</summary>
internal sealed class OrPlain(PlainNode left, PlainNode right) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var value = left.Evaluate(scope, owner);
        return value.IsBeyond || value.IsTrue ? value : right.Evaluate(scope, owner);
    }
}

/// <summary><c>a ?? b</c>.</summary>
internal sealed class ElsePlain(PlainNode left, PlainNode right) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var value = left.Evaluate(scope, owner);
        return value.IsNullish ? right.Evaluate(scope, owner) : value;
    }
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed class ChoicePlain(PlainNode test, PlainNode yes, PlainNode no) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var value = test.Evaluate(scope, owner);
        return value.IsBeyond ? value : value.IsTrue ? yes.Evaluate(scope, owner) : no.Evaluate(scope, owner);
    }
}
