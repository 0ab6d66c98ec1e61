namespace Responder.Playbooks.Expressions;

/// <summary>A template literal, or text + text. Numbers in it are beyond: JavaScript writes some of them in its own way.</summary>
internal sealed class JoinPlain(PlainNode[] parts) : PlainNode
{
    private const int Longest = 1 << 16;

    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var texts = new string[parts.Length];
        var length = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var value = parts[i].Evaluate(scope, owner);
            if (value.Kind != PlainKind.Text)
            {
                return PlainValue.Beyond;
            }

            texts[i] = value.Text;
            length += texts[i].Length;
            if (length > Longest)
            {
                return PlainValue.Beyond;
            }
        }

        return PlainValue.Of(string.Concat(texts));
    }
}
