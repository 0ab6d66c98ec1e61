using Responder.Connectors.Defender.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Defender.Client;

/// <summary>Orders to machines. What a machine's isolation is, only they say: it is the newest that succeeded, or one that is under way.</summary>
internal sealed class MachineActions(DefenderApi defender, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>normal, isolated, pending or release_pending, and the order that says so.</summary>
    public async Task<(string State, MachineAction? By)> IsolationAsync(string machine, CancellationToken cancel)
    {
        var orders = await ListAsync(machine, cancel, "Isolate", "Unisolate");
        return orders.FirstOrDefault(order => !order.IsOver) is { } open ? (open.Type == "Isolate" ? "pending" : "release_pending", open)
            : orders.FirstOrDefault(order => order.Status == "Succeeded") is { Type: "Isolate" } last ? ("isolated", last)
            : ("normal", orders.FirstOrDefault(order => order.Status == "Succeeded"));
    }

    /// <summary>The newest orders of some types, the newest first.</summary>
    public async Task<IReadOnlyList<MachineAction>> ListAsync(string machine, CancellationToken cancel, params string[] types)
    {
        var filter = $"machineId eq {OData.Quote(machine)} and ({string.Join(" or ", types.Select(type => $"type eq {OData.Quote(type)}"))})";
        var (page, _) = OData.Page(await defender.Rest.ReadAsync(new RestRequest("api/machineactions").WithQuery("$filter", filter).WithQuery("$top", "100"), cancel));
        return [.. page.Select(entity => System.Text.Json.JsonSerializer.Deserialize<MachineAction>(entity, VendorJson.Camel)!).OrderByDescending(order => order.CreationDateTimeUtc)];
    }

    /// <summary>The step's own order, by the mark in its comment; null where there is none.</summary>
    public async Task<MachineAction?> OfStepAsync(string machine, string key, CancellationToken cancel, params string[] types) =>
        (await ListAsync(machine, cancel, types)).FirstOrDefault(order => order.RequestorComment?.Contains(CommentMark.Of(key), StringComparison.Ordinal) == true);

    /// <summary>Gives an order, once.</summary>
    /// <exception cref="ActionFailure">Conflict, where another order stands in the way.</exception>
    public async Task<MachineAction> OrderAsync(string machine, string call, Dictionary<string, object> body, string? note, ActionContext context)
    {
        var mark = CommentMark.Of(context.IdempotencyKey);
        body["Comment"] = string.IsNullOrWhiteSpace(note) ? mark : $"{(note.Length > 400 ? note[..400] : note)} {mark}";
        var answer = await defender.Rest.ActAsync(new RestRequest($"api/machines/{machine}/{call}", Method.Post).WithJson(body, VendorJson.Camel), context);
        return answer.Read<MachineAction>(VendorJson.Camel);
    }

    /// <summary>Gives an order that only looks; it may be given again.</summary>
    /// <exception cref="ActionFailure">Conflict, where another order stands in the way.</exception>
    public async Task<MachineAction> AskAsync(string machine, string call, Dictionary<string, object> body, CancellationToken cancel) =>
        (await defender.Rest.ReadAsync(new RestRequest($"api/machines/{machine}/{call}", Method.Post).WithJson(body, VendorJson.Camel), cancel)).Read<MachineAction>(VendorJson.Camel);

    public async Task<MachineAction> GetAsync(string id, CancellationToken cancel) =>
        (await defender.Rest.ReadAsync(new RestRequest($"api/machineactions/{Uri.EscapeDataString(id)}"), cancel)).Read<MachineAction>(VendorJson.Camel);

    /// <summary>Waits for an order's end; gives it back as it is where that takes too long.</summary>
    public async Task<MachineAction> WaitAsync(MachineAction order, TimeSpan longest, CancellationToken cancel)
    {
        for (var began = time.GetUtcNow(); !order.IsOver && time.GetUtcNow() - began < longest && !cancel.IsCancellationRequested;)
        {
            await Task.Delay(Poll, time, CancellationToken.None);
            order = await GetAsync(order.Id!, CancellationToken.None);
        }

        return order;
    }

    /// <summary>What follows an order that was given; an order that failed is a conflict, one that was taken back is offline.</summary>
    public static Task<T> AfterAsync<T>(MachineAction order, Func<Task<T>> rest) =>
        Ordered.FollowAsync($"The order {order.Id} ({order.Type}) was given", rest, FailureKind.Conflict, FailureKind.Offline);

    /// <summary>Takes an order back that has not begun.</summary>
    /// <returns>True where it will not be carried out.</returns>
    public async Task<bool> WithdrawAsync(MachineAction order, string why)
    {
        try
        {
            var answer = await defender.Rest.ReadAsync(
                new RestRequest($"api/machineactions/{Uri.EscapeDataString(order.Id!)}/cancel", Method.Post).WithJson(new Dictionary<string, string> { ["Comment"] = why }, VendorJson.Camel), CancellationToken.None);
            return answer.Read<MachineAction>(VendorJson.Camel).Status == "Cancelled" || (await GetAsync(order.Id!, CancellationToken.None)).Status == "Cancelled";
        }
        catch (ActionFailure failure) when (failure.Kind is FailureKind.Invalid or FailureKind.Conflict)
        {
            // It ended, or is being carried out, in the meantime.
            return (await GetAsync(order.Id!, CancellationToken.None)).Status == "Cancelled";
        }
    }
}

/// <summary>An order to a machine.</summary>
internal sealed record MachineAction(
    string? Id, string? Type, string? Status, string? MachineId, string? ComputerDnsName, string? RequestorComment, DateTimeOffset? CreationDateTimeUtc, DateTimeOffset? LastUpdateDateTimeUtc, IReadOnlyList<LiveState>? Commands)
{
    /// <summary>What Defender says of the commands that failed.</summary>
    public string Said => string.Join("; ", (Commands ?? []).SelectMany(command => command.Errors ?? []));

    public bool IsOver => Status is "Succeeded" or "Failed" or "TimeOut" or "Cancelled";
}
