using Jint;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// What an evaluation has left. Jint asks at each call of a function and every so often in its own loops; our guards of built-in functions ask too.
/// Time is a limit here, never a value: an expression that stays inside it gives the same each time.
/// </summary>
internal sealed class Budget : Constraint
{
    private bool _isOn;
    private long _start;
    private long _allocated;
    private int _calls;
    private long _text;

    /// <summary>Starts counting. Before the first evaluation nothing counts: to make an engine ready takes its time on a busy machine.</summary>
    public void Begin()
    {
        _isOn = true;
        _start = TimeProvider.System.GetTimestamp();
        _allocated = GC.GetAllocatedBytesForCurrentThread();
        _calls = 0;
        _text = 0;
    }

    /// <exception cref="Stopped">Nothing is left.</exception>
    public override void Check()
    {
        if (!_isOn)
        {
            return;
        }

        if (++_calls > ExpressionLimits.Calls)
        {
            throw new Stopped($"it takes more than {ExpressionLimits.Calls} steps");
        }

        if (GC.GetAllocatedBytesForCurrentThread() - _allocated > ExpressionLimits.Memory)
        {
            throw new Stopped($"it uses more than {ExpressionLimits.Memory / 1024 / 1024} MB of memory");
        }

        if (TimeProvider.System.GetElapsedTime(_start) > ExpressionLimits.Time)
        {
            throw new Stopped($"it takes longer than {ExpressionLimits.Time.TotalSeconds} s");
        }
    }

    /// <summary>Text that a built-in function is about to make; all of it in one evaluation counts.</summary>
    public void Text(long length)
    {
        Check();
        _text += Math.Max(0, length);
        if (_text > ExpressionLimits.Text)
        {
            throw Stopped.TextTooLong();
        }
    }

    public override void Reset()
    {
        // Jint resets at each entry; Begin counts from the start of the evaluation.
    }
}
