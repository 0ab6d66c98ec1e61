using System.Threading.Channels;
using Responder.Engine.Journal;
using Responder.Sdk;
using System.Text.Json;

namespace Responder.Engine.Runs;

/// <summary>A run's one mailbox: what its calls, its clock and the outside say, in the order in which it came.</summary>
internal sealed class RunMailbox
{
    private readonly Channel<Message> _channel = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The epoch that the loop appends with.</summary>
    public long Epoch { get; set; }

    /// <summary>The loop is over: no call that acts begins.</summary>
    public bool IsOver { get; set; }

    /// <summary>The run as it stands where it is being ended; null where it is not.</summary>
    public RunState? Closing { get; set; }

    public ChannelReader<Message> Reader => _channel.Reader;

    /// <summary>True where no call that acts may begin at a step: the run is being ended, and this is not what is done at its end.</summary>
    public bool IsClosing(string path) => IsOver || (Closing is { } state && !Frames.IsAfterMain(state, path));

    /// <summary>False where the loop is over and takes no more.</summary>
    public bool Post(Message message) => _channel.Writer.TryWrite(message);

    /// <summary>No more; what is in it is still read.</summary>
    public void Close() => _channel.Writer.TryComplete();
}

/// <summary>Something that a run's loop is told.</summary>
internal abstract record Message;

/// <summary>The clock: decide again, or flush.</summary>
internal sealed record Tick : Message;

/// <summary>A signal, with the place for its answer.</summary>
internal sealed record Signalled(RunSignal Signal, TaskCompletionSource<SignalResult> Answer) : Message;

/// <summary>Progress of a call.</summary>
internal sealed record Reported(StepProgress Progress) : Message;

/// <summary>A read has begun.</summary>
internal sealed record ReadBegan(ReadStarted Event) : Message;

/// <summary>An action needs people's approval first.</summary>
internal sealed record NeedsGate(string Path, Approvals.GateRequest Gate) : Message;

/// <summary>An approval is too old, or not for what would be done now; people are asked anew.</summary>
internal sealed record GateIsStale(string Path, Approvals.GateRequest Gate) : Message;

/// <summary>Policy refused what a step would do.</summary>
internal sealed record RefusedByPolicy(PolicyRefused Event) : Message;

/// <summary>The list of what would be destroyed was taken; where an attempt failed because it no longer fits, that attempt's error.</summary>
internal sealed record ListTaken(InputsListed Event, int Attempt, StepError? Error) : Message;

/// <summary>Another run holds the target too: it is let go and not given back.</summary>
internal sealed record Lets(HoldLet Event) : Message;

/// <summary>An intent to commit; the answer says whether the call may be made. One that people had to approve is not committed when their approval has grown too old meanwhile.</summary>
internal sealed record IntentReady(IntentRecorded Intent, IntentGuard Guard, TaskCompletionSource<IntentEnd> Go, bool Approved) : Message;

/// <summary>What came of an intent.</summary>
internal enum IntentEnd
{
    /// <summary>It is not committed, and the loop has the step.</summary>
    Stopped,

    /// <summary>It is committed: the call may be made.</summary>
    Committed,

    /// <summary>It is not: a quota is used up, another policy is in force than the one that was asked, or the approval is too old by now. Policy is asked again.</summary>
    AskPolicyAgain,
}

/// <summary>A call came back.</summary>
internal sealed record CallEnded(string Path, int Attempt, Outcome<JsonElement> Outcome) : Message;

/// <summary>A call, or what comes before it, failed.</summary>
internal sealed record CallFailed(string Path, int Attempt, StepError Error, bool StoppedAtGate) : Message;

/// <summary>The step's connection is gone: nobody can tell.</summary>
internal sealed record CallImpossible(string Path, string Reason) : Message;

/// <summary>A probe came back; where the connection's breaker was open, with that, and how long to wait.</summary>
internal sealed record ProbeEnded(string Path, ProbeVerdict Verdict, JsonElement? Result, string Reason, TimeSpan Settle, OpenCircuit? Circuit = null, TimeSpan? Wait = null) : Message;

/// <summary>What the inbox has for a wait.</summary>
internal sealed record EventsRead(string Path, IReadOnlyList<InboxEvent> Events) : Message;
