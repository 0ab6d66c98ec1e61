using System.Text.Json;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>
/// All outside products at once: what they were asked, what they did, and how things stand there. They outlive every process of ours, and what was sent
/// to them arrives though its sender is dead.
/// </summary>
internal sealed class Product(World world, Dice dice)
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);

    /// <summary>Every call that acts, in the order in which they were sent.</summary>
    public List<Call> Calls { get; } = [];

    /// <summary>How a target stands: <c>alpha/host:h1/isolation</c> to <c>isolated</c>.</summary>
    public IReadOnlyDictionary<string, string> States => _states;

    /// <summary>When a call leaves: before anything of it is known.</summary>
    public event Action<Call>? Sent;

    /// <summary>How often it was done under a key.</summary>
    public int Done(string key) => Calls.Count(call => call.Key == key && call.DoneAt is not null);

    /// <summary>When the product was last asked whether a key happened, and what its lists showed.</summary>
    public List<(string Key, DateTimeOffset At)> Probes { get; } = [];

    public void Probed(string key) => Probes.Add((key, world.Agenda.Now));

    /// <summary>Sends a call that acts, at once.</summary>
    public Task<Outcome<JsonElement>> SendAsync(Call call, ActionDescriptor action)
    {
        if (!call.From.IsAlive)
        {
            return SimProcess.Never<Outcome<JsonElement>>();
        }

        Calls.Add(call);
        Sent?.Invoke(call);
        var answer = new TaskCompletionSource<Outcome<JsonElement>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fate = Fate.Of(dice, world.Trouble);
        if (fate.Done is { } there)
        {
            world.Agenda.In(there, () => Do(call, fate));
        }

        if (fate.Answer is { } back)
        {
            world.Agenda.In(back, () => Tell(call, action, fate, answer));
        }

        if (fate.Dies == Boundary.AfterSend)
        {
            world.Kill(call.From);
        }
        else
        {
            world.Pass(call.From, Boundary.AfterSend);
        }

        return answer.Task;
    }

    /// <summary>What the product's lists show of a key now; null where they show nothing.</summary>
    public Call? Find(string key) => Calls.FirstOrDefault(call => call.Key == key && call.SeenFrom <= world.Agenda.Now);

    public string? State(string connection, JsonElement inputs, string action) =>
        ProductState.Of(connection, action, inputs) is { } change ? _states.GetValueOrDefault(change.Name, ProductState.Free) : null;

    private void Do(Call call, Fate fate)
    {
        call.DoneAt = world.Agenda.Now;
        call.SeenFrom = world.Agenda.Now + dice.Seconds(0, 30);
        if (ProductState.Of(call.Connection, call.Action, call.Inputs) is { } change)
        {
            call.AlreadySo = _states.GetValueOrDefault(change.Name, ProductState.Free) == change.To;
            _states[change.Name] = change.To;
        }

        if (fate.Dies == Boundary.AfterDoing)
        {
            world.Kill(call.From);
        }
        else
        {
            world.Pass(call.From, Boundary.AfterDoing);
        }
    }

    private void Tell(Call call, ActionDescriptor action, Fate fate, TaskCompletionSource<Outcome<JsonElement>> answer)
    {
        if (!call.From.IsAlive)
        {
            return;
        }

        call.Told = fate.Odd ? "odd" : fate.Failure?.ToString() ?? "done";
        if (fate.Odd)
        {
            answer.TrySetException(new InvalidOperationException("The product answered what the connector does not understand."));
        }
        else if (fate.Failure is { } kind)
        {
            answer.TrySetException(new ActionFailure(kind, $"The product says {kind}.")
            {
                RetryAfter = kind == FailureKind.RateLimited ? dice.Seconds(1, 90) : null,
            });
        }
        else
        {
            var value = Results.Of(action.Name, call.Inputs, world.Agenda.Now);
            answer.TrySetResult(action.Name == "chat.ask" ? Outcome.Awaiting(value) : call.AlreadySo ? Outcome.AlreadySo(value) : new Outcome<JsonElement>(value));
        }

        world.Pass(call.From, Boundary.AfterAnswer);
    }
}
