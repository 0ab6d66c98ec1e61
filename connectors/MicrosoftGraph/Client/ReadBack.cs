using Responder.Sdk;

namespace Responder.Connectors.MicrosoftGraph.Client;

/// <summary>A look at what a change led to. Graph answers before every replica knows, so it is looked at for some seconds.</summary>
internal static class ReadBack
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private const int Looks = 10;

    /// <summary>The state once it is as wanted.</summary>
    /// <exception cref="ActionFailure">Unknown: Graph took the change and does not show it.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> wanted, string what, ActionContext context)
    {
        try
        {
            for (var look = 1; ; look++)
            {
                var state = await read();
                if (wanted(state))
                {
                    return state;
                }

                if (look == Looks)
                {
                    throw new ActionFailure(FailureKind.Unknown, $"Graph took the change, and still does not show {what}.") { Code = "not_shown" };
                }

                await Task.Delay(Poll, context.Time, CancellationToken.None);
            }
        }
        catch (ActionFailure failure) when (failure.Kind != FailureKind.Unknown)
        {
            throw new ActionFailure(FailureKind.Unknown, $"Graph took the change, and could not be asked whether it shows {what}: {failure.Message}", failure) { Code = failure.Code, TraceId = failure.TraceId };
        }
    }
}
