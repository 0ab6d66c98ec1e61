using Responder.Engine;

namespace Responder.Cli;

/// <summary>What the program's exit codes mean; others script against them.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int RunFailed = 1;
    public const int BadInput = 2;
    public const int Rejected = 3;
    public const int InDoubt = 4;
    public const int Interrupted = 130;

    public static int Of(RunStatus status) => status switch
    {
        RunStatus.Succeeded => Done,
        RunStatus.Rejected or RunStatus.Waiting => Rejected,
        RunStatus.InDoubt => InDoubt,
        _ => RunFailed,
    };
}

/// <summary>Bad input: the message says where and what to do.</summary>
/// <param name="message">For people.</param>
internal sealed class BadInputException(string message) : Exception(message);
