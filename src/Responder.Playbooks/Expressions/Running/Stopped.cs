namespace Responder.Playbooks.Expressions;

/// <summary>An evaluation that was stopped, or that asked for what cannot be had. Becomes an <see cref="ExpressionFailure"/> where the expression is known.</summary>
internal sealed class Stopped(string message) : Exception(message)
{
    public static Stopped TextTooLong() => new($"it makes a text of more than {ExpressionLimits.Text} characters");

    public static Stopped ListTooLong() => new($"it makes a list of more than {ExpressionLimits.List} items");
}
