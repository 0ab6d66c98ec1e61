using System.Text.Json;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>
/// Makes one alert of many events: counts them by host and folder over a window of their own time. A repeated event changes nothing, nor does one that is
/// older than the window when it comes. Safe for many threads. What it returns as changed is to be kept by an <see cref="IWindowStore"/>.
/// </summary>
/// <param name="mappings">Their counts.</param>
/// <param name="normalizer">Reads the alert that a count makes, as any other.</param>
/// <param name="mostWindows">Windows held at once; past it those whose newest event is oldest go.</param>
/// <param name="mostEvents">Events held by one window; past it a window counts no more, for it has told its alert long ago.</param>
public sealed class WindowCounter(IReadOnlyList<SourceMapping> mappings, AlertNormalizer normalizer, int mostWindows = 20_000, int mostEvents = 20_000)
{
    private readonly List<(string Source, EventCount Count)> _counts = [.. mappings.SelectMany(one => one.Counts.Select(count => (one.Source, count)))];
    private readonly Dictionary<string, WindowState> _windows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> _marks = new(StringComparer.OrdinalIgnoreCase);
    private readonly ProcessMemory _processes = new();
    private readonly Lock _lock = new();

    /// <summary>Takes up states that were kept.</summary>
    /// <param name="states">As loaded.</param>
    public void Restore(IEnumerable<WindowState> states)
    {
        lock (_lock)
        {
            foreach (var state in states)
            {
                _windows[state.Key] = state;
                _marks[state.Key] = [.. state.Events.Select(one => one.Mark)];
            }
        }
    }

    /// <summary>Counts the events among what a delivery brought.</summary>
    /// <param name="alerts">As normalised; those that are no events are left alone.</param>
    /// <param name="receivedAt">When.</param>
    public CountResult Observe(IReadOnlyList<Alert> alerts, DateTimeOffset receivedAt)
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        var changed = new Dictionary<string, (WindowState State, string Source, EventCount Count)>(StringComparer.OrdinalIgnoreCase);
        lock (_lock)
        {
            foreach (var alert in alerts)
            {
                if (alert.Event is not { } found || alert.Device.Hostname is not { } host)
                {
                    continue;
                }

                _processes.Learn(host, alert, found);
                if (!alert.IsEvent || alert.File.ParentFolder is not { } folder)
                {
                    continue;
                }

                JsonDocumentView? view = null;
                foreach (var (source, count) in _counts)
                {
                    if (count.FolderOf(folder, alert.Process.Image) is { } under && count.When.IsTrue(view ??= new JsonDocumentView(found)) && Add(count, host, under, alert, found) is { } state)
                    {
                        counted.Add(alert.Id);
                        changed[state.Key] = (state, source, count);
                    }
                }
            }

            var told = changed.Values.SelectMany(one => Tell(one.State, one.Source, one.Count, receivedAt)).ToList();
            Forget();

            // Copies: what is being saved must not change under the next delivery.
            return new CountResult(told, counted, [.. changed.Values.Select(one => one.State with { Events = [.. one.State.Events] })]);
        }
    }

    private WindowState? Add(EventCount count, string host, string folder, Alert alert, JsonElement found)
    {
        var key = $"{count.Id}|{host}|{folder}";
        if (!_windows.TryGetValue(key, out var state))
        {
            state = new WindowState { Key = key, Count = count.Id, Host = host, Folder = folder, Newest = alert.Time };
        }

        if (alert.Time <= state.Newest - count.Window || state.Events.Count >= mostEvents)
        {
            return null;
        }

        var marks = _marks.TryGetValue(key, out var known) ? known : [];
        if (!marks.Add(Mark(alert, found)))
        {
            return null;
        }

        _windows[key] = state;
        _marks[key] = marks;
        if (alert.Time > state.Newest)
        {
            state.Newest = alert.Time;
            if (state.Events.RemoveAll(one => one.At <= state.Newest - count.Window) > 0)
            {
                marks.IntersectWith(state.Events.Select(one => one.Mark).Append(Mark(alert, found)));
            }

            // A window that emptied is over, and its alert with it.
            if (state.Events.Count == 0)
            {
                (state.AlertFrom, state.Told) = (null, 0);
            }
        }

        var type = alert.File.Name is { } name && name.LastIndexOf('.') is > 0 and var dot && name.Length - dot <= 12 ? name[dot..].ToLowerInvariant() : string.Empty;
        state.Events.Add(new WindowEvent(Mark(alert, found), alert.Time, type, alert.Process.Image, alert.Process.Pid, Values.Text(Values.Member(Values.Member(found, "data"), "User"))));
        return state;
    }

    private IEnumerable<Alert> Tell(WindowState state, string source, EventCount count, DateTimeOffset receivedAt)
    {
        if (state.Events.Count <= count.MoreThan || (state.AlertFrom is not null && state.Events.Count < state.Told * 2))
        {
            return [];
        }

        state.AlertFrom ??= state.Events.Min(one => one.At);
        state.Told = state.Events.Count;
        var document = CountedAlert.Write(state, count, _processes);
        return normalizer.Normalize(source, document, receivedAt).Alerts;
    }

    private void Forget()
    {
        if (_windows.Count <= mostWindows)
        {
            return;
        }

        foreach (var key in _windows.Values.OrderBy(one => one.Newest).Take(_windows.Count - (mostWindows * 9 / 10)).Select(one => one.Key).ToList())
        {
            _windows.Remove(key);
            _marks.Remove(key);
        }
    }

    // The record's number on its host; where there is none, what it says.
    private static string Mark(Alert alert, JsonElement found) =>
        Values.Text(Values.Member(found, "record_id")) is { } record ? "#" + record : $"{alert.Time.UtcTicks}|{alert.Process.Pid}|{alert.File.Path}";
}
