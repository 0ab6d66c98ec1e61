using System.Collections.Concurrent;
using System.Text.Json;
using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Defender.LiveResponse;

/// <summary>
/// Live response: Defender carries out one order a machine at a time, so those who want one take turns here. Nothing waits for a machine that is away: an order that does not begin is taken back.
/// </summary>
internal sealed class LiveDesk(DefenderApi defender, MachineActions actions)
{
    public const string Type = "LiveResponse";

    private const string Call = "runliveresponse";
    private static readonly TimeSpan Begins = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Uses a machine, one user at a time.</summary>
    public async Task<T> UseAsync<T>(string machine, Func<Task<T>> use, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(machine, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancel);
        try
        {
            return await use();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Commands that only look, until their end. A lost answer is found by a mark of its own.</summary>
    /// <exception cref="ActionFailure">Offline; transient, where another order stands in the way or these have failed.</exception>
    public async Task<MachineAction> LookAsync(string machine, string hostname, string key, CancellationToken cancel, params LiveCommand[] commands)
    {
        var look = $"look {Guid.NewGuid():N}";
        MachineAction order;
        try
        {
            order = await actions.AskAsync(machine, Call, new() { ["Commands"] = commands, ["Comment"] = $"{look} {CommentMark.Of(key)}" }, cancel);
        }
        catch (ActionFailure failure) when (failure.Code == DefenderDialect.Active)
        {
            order = (await actions.ListAsync(machine, cancel, Type)).FirstOrDefault(one => one.RequestorComment?.StartsWith(look, StringComparison.Ordinal) == true) ?? throw InTheWay(hostname, failure);
        }

        return await EndAsync(order, hostname, cancel);
    }

    /// <summary>Commands that act: ordered once, and what follows is followed whoever cancels.</summary>
    /// <exception cref="ActionFailure">Offline, where the order was taken back; transient, where another order stands in the way; unknown, where its end was not learnt.</exception>
    public async Task<T> ActAsync<T>(string machine, string hostname, ActionContext context, Func<MachineAction, Task<T>> read, params LiveCommand[] commands)
    {
        MachineAction order;
        try
        {
            order = await actions.OrderAsync(machine, Call, new() { ["Commands"] = commands }, null, context);
        }
        catch (ActionFailure failure) when (failure.Code == DefenderDialect.Active)
        {
            throw InTheWay(hostname, failure);
        }

        return await MachineActions.AfterAsync(order, async () => await read(await EndAsync(order, hostname, context.Cancel)));
    }

    /// <summary>The orders of live response that a machine was given, the newest first.</summary>
    public Task<IReadOnlyList<MachineAction>> OrdersAsync(string machine, CancellationToken cancel) => actions.ListAsync(machine, cancel, Type);

    /// <summary>Waits for an order's end; one that does not begin is taken back.</summary>
    public async Task<MachineAction> EndAsync(MachineAction order, string hostname, CancellationToken cancel)
    {
        order = await actions.WaitAsync(order, Begins, cancel);
        if (order.Status == "Pending" && await actions.WithdrawAsync(order, $"{hostname} did not answer."))
        {
            throw new ActionFailure(FailureKind.Offline, $"{hostname} did not begin within {Begins.TotalMinutes:0} minutes; the order was taken back. It is tried again when the machine is back.") { Code = "Pending" };
        }

        order = await actions.WaitAsync(order, Longest, CancellationToken.None);
        return order.IsOver ? order
            : throw new ActionFailure(FailureKind.Unknown, $"A command on {hostname} has run for {Longest.TotalMinutes:0} minutes and gives no end.") { Code = "no_end" };
    }

    /// <summary>What a script printed.</summary>
    public async Task<Printed> PrintedAsync(MachineAction order, int index, CancellationToken cancel)
    {
        var result = (await DownloadAsync(order, index, cancel)).Json;
        return new Printed(Text(result, "script_output"), Text(result, "script_errors"), result.TryGetProperty("exit_code", out var code) && code.TryGetInt32(out var number) ? number : 0);
    }

    /// <summary>A command's result as it lies in storage, by a link that is good for half an hour.</summary>
    public async Task<RestAnswer> DownloadAsync(MachineAction order, int index, CancellationToken cancel, RestCallOptions? options = null)
    {
        var link = (await defender.Rest.ReadAsync(new RestRequest($"api/machineactions/{Uri.EscapeDataString(order.Id!)}/GetLiveResponseResultDownloadLink(index={index})"), cancel)).Json;
        return await defender.Storage.ReadAsync(new RestRequest(new Uri(link.GetProperty("value").GetString()!)), cancel, options);
    }

    private static ActionFailure InTheWay(string hostname, ActionFailure failure) =>
        new(FailureKind.Transient, $"Another order of live response is under way on {hostname}. It is tried again after that.", failure) { Code = failure.Code, TraceId = failure.TraceId, RetryAfter = ComeAgain };

    private static string Text(JsonElement result, string name) => result.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : string.Empty;
}

/// <summary>What a script printed, and its exit code.</summary>
internal sealed record Printed(string Output, string Errors, int ExitCode);
