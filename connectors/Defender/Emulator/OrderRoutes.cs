using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Orders: isolate, let back, scan; their list, their state, and that they are taken back.</summary>
internal sealed class OrderRoutes(EmulatorSite site, ODataAnswers answers, OrderBook book)
{
    private static readonly string[] Isolations = ["Isolate", "Unisolate"];

    public void Map(WebApplication app)
    {
        app.MapPost("/api/machines/{id}/isolate", http => IsolateAsync(http, Isolation.Isolated));
        app.MapPost("/api/machines/{id}/unisolate", http => IsolateAsync(http, Isolation.Normal));
        app.MapPost("/api/machines/{id}/runAntiVirusScan", ScanAsync);
        app.MapGet("/api/machineactions", ListAsync);
        app.MapGet("/api/machineactions/{id}", http => Find(http) is { } order ? answers.EntityAsync(http, "MachineActions/$entity", site.Estate.Read(order.Shape)) : UnknownAsync(http));
        app.MapPost("/api/machineactions/{id}/cancel", CancelAsync);
    }

    private async Task IsolateAsync(HttpContext http, Isolation to)
    {
        var (body, type) = (await ODataAnswers.BodyAsync(http), to == Isolation.Isolated ? "Isolate" : "Unisolate");
        if (site.Estate.Read(company => OrderBook.Find(company, http.Request.RouteValues["id"]!.ToString())) is not { } host)
        {
            await MachineRoutes.UnknownAsync(http, answers);
            return;
        }

        // Names are case-sensitive; both are required for the one, the comment for the other.
        if (ODataAnswers.Text(body, "Comment") is not { Length: > 0 } comment || (to == Isolation.Isolated && ODataAnswers.Text(body, "IsolationType") is not ("Full" or "Selective" or "UnManagedDevice")))
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", "Comment and, to isolate, IsolationType are required");
            return;
        }

        _ = book.All();
        var order = site.Estate.Read(company => company.Host(host.Id).Isolation) == to ? null : book.Add(host, type, comment, to == Isolation.Isolated ? ODataAnswers.Text(body, "IsolationType") : null, Isolations);
        if (order is null)
        {
            await answers.ErrorAsync(http, 400, "ActiveRequestAlreadyExists", "Action is already in progress or the machine is in that state");
            return;
        }

        site.Estate.Do(
            EmulatorSite.By(http, to == Isolation.Isolated ? "edr.isolate_host" : "edr.release_host", host.Hostname),
            _ => new IsolationChanged(host.Id, to == Isolation.Isolated ? Isolation.Pending : Isolation.ReleasePending, comment));
        await answers.EntityAsync(http, "MachineActions/$entity", site.Estate.Read(order.Shape), 201);
    }

    private async Task ScanAsync(HttpContext http)
    {
        var body = await ODataAnswers.BodyAsync(http);
        if (site.Estate.Read(company => OrderBook.Find(company, http.Request.RouteValues["id"]!.ToString())) is not { } host)
        {
            await MachineRoutes.UnknownAsync(http, answers);
        }
        else if (ODataAnswers.Text(body, "Comment") is not { Length: > 0 } comment || ODataAnswers.Text(body, "ScanType") is not (("Quick" or "Full") and var scope))
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", "Comment and ScanType are required");
        }
        else if (book.Add(host, "RunAntiVirusScan", comment, scope, "RunAntiVirusScan") is not { } order)
        {
            await answers.ErrorAsync(http, 400, "ActiveRequestAlreadyExists", "Action is already in progress");
        }
        else
        {
            site.Estate.Do(EmulatorSite.By(http, "edr.scan", host.Hostname), _ => new ScanOrdered(order.Id, host.Id, comment));
            await answers.EntityAsync(http, "MachineActions/$entity", site.Estate.Read(order.Shape), 201);
        }
    }

    private Task ListAsync(HttpContext http)
    {
        if (ODataFilter.Parse(http.Request.Query["$filter"]) is not { } test)
        {
            return answers.ErrorAsync(http, 400, "BadRequest", "Invalid OData query");
        }

        var all = book.All();
        var found = site.Estate.Read(company => all.Select(order => (order, Shape: order.Shape(company)))
            .Where(one => test(path => path switch { "creationDateTimeUtc" => [one.order.At], "id" or "status" or "machineId" or "type" or "requestor" => [(string?)one.Shape[path]], _ => [null] })).Select(one => one.Shape).ToList());
        return answers.ListAsync(http, "MachineActions", found, size: 10_000, most: 10_000);
    }

    private async Task CancelAsync(HttpContext http)
    {
        var body = await ODataAnswers.BodyAsync(http);
        if (Find(http) is not { } order)
        {
            await UnknownAsync(http);
            return;
        }

        if (body is not { ValueKind: JsonValueKind.Object } || order.IsOver)
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", $"Machine action is in the final state {order.Status}");
            return;
        }

        book.Cancel(order);
        if (order.Type is "Isolate" or "Unisolate")
        {
            site.Estate.Do(
                EmulatorSite.By(http, order.Type == "Isolate" ? "edr.release_host" : "edr.isolate_host", site.Estate.Read(company => company.Host(order.Host).Hostname)),
                _ => new IsolationChanged(order.Host, order.Type == "Isolate" ? Isolation.Normal : Isolation.Isolated));
        }

        await answers.EntityAsync(http, "MachineActions/$entity", site.Estate.Read(order.Shape));
    }

    private OrderBook.Order? Find(HttpContext http) => book.All().FirstOrDefault(order => order.Id == http.Request.RouteValues["id"]?.ToString());

    private Task UnknownAsync(HttpContext http) => answers.ErrorAsync(http, 404, "ResourceNotFound", $"MachineAction {http.Request.RouteValues["id"]} was not found");
}
