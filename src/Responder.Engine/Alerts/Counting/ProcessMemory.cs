using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>What process-created events said of processes that may later write files: Sysmon's FileCreate has no command line. The newest some thousands; not kept over a restart.</summary>
internal sealed class ProcessMemory(int most = 5_000)
{
    private readonly Dictionary<string, AlertProcess> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    public void Learn(string host, Alert alert, JsonElement found)
    {
        if (alert.Process is not { Pid: { } pid, CmdLine: not null } process || Values.Text(Values.Member(found, "event_id")) is not ("1" or "4688"))
        {
            return;
        }

        var key = Key(host, pid, process.Image);
        if (_known.TryAdd(key, process))
        {
            _order.Enqueue(key);
            if (_order.Count > most)
            {
                _known.Remove(_order.Dequeue());
            }
        }
        else
        {
            _known[key] = process;
        }
    }

    public AlertProcess? Of(string host, long? pid, string? image) => pid is { } number ? _known.GetValueOrDefault(Key(host, number, image)) : null;

    private static string Key(string host, long pid, string? image) => $"{host}|{pid}|{image}";
}
