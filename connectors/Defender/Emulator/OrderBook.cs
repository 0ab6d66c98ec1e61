using System.Globalization;
using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Orders to machines. They take some seconds, and for a machine that is away until it is back; what the estate says of isolation and no order explains is an order by somebody's hand.</summary>
internal sealed class OrderBook(EmulatorSite site)
{
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(8);
    private readonly Lock _turn = new();
    private readonly List<Order> _orders = [];

    /// <summary>A machine's id: Defender's have 40 hex digits, the estate's 32.</summary>
    public static string IdOf(Host host) => host.Id + host.Id[..8];

    public static string NameOf(Host host, Company company) => $"{host.Hostname}.{company.Names.Domain}".ToLowerInvariant();

    /// <summary>The machine of an id; null where there is none.</summary>
    public static Host? Find(Company company, string? id) => company.Hosts.Values.FirstOrDefault(host => string.Equals(IdOf(host), id, StringComparison.OrdinalIgnoreCase));

    /// <summary>All orders as they are now, the newest first.</summary>
    public IReadOnlyList<Order> All()
    {
        lock (_turn)
        {
            foreach (var host in site.Estate.Read(company => company.Hosts.Values.ToList()))
            {
                Settle(host);
            }

            return [.. _orders.OrderByDescending(order => order.At).ThenByDescending(order => order.Number)];
        }
    }

    /// <summary>A new order; null where one of these types is under way for the machine.</summary>
    public Order? Add(Host host, string type, string comment, string? scope, params string[] inTheWay)
    {
        lock (_turn)
        {
            Settle(host);
            return _orders.Any(order => order.Host == host.Id && !order.IsOver && inTheWay.Contains(order.Type)) ? null : Put(host, type, comment, scope, "responder");
        }
    }

    public void Cancel(Order order)
    {
        lock (_turn)
        {
            (order.Status, order.Changed) = ("Cancelled", site.Time.GetUtcNow());
        }
    }

    private Order Put(Host host, string type, string comment, string? scope, string requestor, DateTimeOffset? at = null)
    {
        var order = new Order(EntraDesk.NewId(), _orders.Count, host.Id, type, comment, scope, requestor, at ?? site.Time.GetUtcNow());
        _orders.Add(order);
        return order;
    }

    private void Settle(Host host)
    {
        var now = site.Time.GetUtcNow();
        foreach (var order in _orders.Where(order => order.Host == host.Id && !order.IsOver && now - order.At >= (order.Type == "RunAntiVirusScan" && host.Scan.Takes > Takes ? host.Scan.Takes : Takes) && host.Online))
        {
            if (order.Type is "Isolate" or "Unisolate")
            {
                var to = order.Type == "Isolate" ? Isolation.Isolated : Isolation.Normal;
                site.Estate.Do(new EffectBy("world.isolation_settled", host.Id), company => company.Host(host.Id).Isolation == to ? null : new IsolationChanged(host.Id, to));
            }

            (order.Status, order.Changed) = (order.Finish?.Invoke() == false ? "Failed" : "Succeeded", now);
        }

        var isolation = site.Estate.Read(company => company.Host(host.Id).Isolation);
        var mine = _orders.Where(order => order.Host == host.Id && order.Type is "Isolate" or "Unisolate").ToList();
        var said = mine.LastOrDefault(order => order.Host == host.Id && order.Status == "Succeeded")?.Type == "Isolate";
        if (!mine.Any(order => order.Host == host.Id && !order.IsOver) && isolation is Isolation.Isolated or Isolation.Normal && said != (isolation == Isolation.Isolated))
        {
            var byHand = Put(host, said ? "Unisolate" : "Isolate", "By hand", said ? null : "Full", "analyst@company.com", host.IsolatedAt);
            (byHand.Status, byHand.Changed) = ("Succeeded", byHand.At);
        }
    }

    /// <summary>One order.</summary>
    internal sealed class Order(string id, int number, string host, string type, string comment, string? scope, string requestor, DateTimeOffset at)
    {
        public string Id { get; } = id;

        public int Number { get; } = number;

        /// <summary>The estate's id of the machine.</summary>
        public string Host { get; } = host;

        public string Type { get; } = type;

        public DateTimeOffset At { get; } = at;

        public string Status { get; set; } = "Pending";

        public DateTimeOffset Changed { get; set; } = at;

        /// <summary>The commands of live response, one after the other.</summary>
        public List<LiveStep> Commands { get; } = [];

        /// <summary>What happens on the machine when it is carried out; false where it fails.</summary>
        public Func<bool>? Finish { get; set; }

        public bool IsOver => Status is not "Pending";

        public JsonObject Shape(Company company)
        {
            var machine = company.Host(Host);
            return new JsonObject
            {
                ["id"] = Id, ["type"] = Type, ["title"] = null, ["requestor"] = requestor, ["requestorComment"] = comment, ["status"] = Status, ["machineId"] = IdOf(machine), ["computerDnsName"] = NameOf(machine, company),
                ["creationDateTimeUtc"] = Json.Time(At), ["lastUpdateDateTimeUtc"] = Json.Time(Changed), ["errorHResult"] = 0, ["scope"] = scope, ["externalId"] = null, ["requestSource"] = "PublicApi", ["relatedFileInfo"] = null,
                ["commands"] = new JsonArray([.. Commands.Select((command, index) => (JsonNode)new JsonObject
                {
                    ["index"] = index, ["startTime"] = IsOver ? Json.Time(At) : null, ["endTime"] = IsOver ? Json.Time(Changed) : null, ["commandStatus"] = command.Status,
                    ["errors"] = command.Error is null ? [] : new JsonArray(command.Error), ["command"] = JsonNode.Parse(command.Command.GetRawText()),
                })]),
                ["cancellationRequestor"] = Status == "Cancelled" ? requestor : null, ["cancellationDateTimeUtc"] = Status == "Cancelled" ? Json.Time(Changed) : null,
            };
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type} {Host} {Status}");
    }
}
