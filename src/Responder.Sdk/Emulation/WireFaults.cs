using System.Text.Json;
using System.Text.Json.Serialization;
using Responder.Sdk.Estate;

namespace Responder.Sdk.Emulation;

/// <summary>Something that goes wrong between a connector and its emulator.</summary>
public sealed record WireFault
{
    /// <summary>The emulator; <c>*</c> for all.</summary>
    public string Emulator { get; init; } = "*";

    /// <summary>Only calls with this method; <c>acts</c> for all but GET and HEAD.</summary>
    public string? Method { get; init; }

    /// <summary>Only calls whose path (with its query) holds this; <c>*</c> stands for anything.</summary>
    public string? Path { get; init; }

    /// <summary>What happens.</summary>
    public WireFaultKind Do { get; init; } = WireFaultKind.Answer;

    /// <summary>The status of <see cref="WireFaultKind.Answer"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>How long an answered caller is told to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long <see cref="WireFaultKind.Slow"/> takes more.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often; for ever where null.</summary>
    public int? Times { get; init; }

    /// <summary>How many calls that fit pass before the first.</summary>
    public int After { get; init; }

    /// <summary>The part of the calls that fit which are struck, 0 to 1; by the call's number, so that it repeats.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Another choice of the calls that <see cref="Share"/> strikes.</summary>
    public int Seed { get; init; }
}

/// <summary>What a wire fault does.</summary>
public enum WireFaultKind
{
    /// <summary>Answers a status in the vendor's form; nothing is done.</summary>
    Answer,

    /// <summary>Answers late.</summary>
    Slow,

    /// <summary>Never answers; nothing is done.</summary>
    Hang,

    /// <summary>Does it, and never answers.</summary>
    HangAfterDoing,

    /// <summary>Closes the connection; nothing is done.</summary>
    Drop,

    /// <summary>Does it, and closes the connection in place of an answer.</summary>
    DropAfterDoing,
}

/// <summary>The faults of one emulator, changed while it runs.</summary>
/// <param name="name">The emulator.</param>
public sealed class WireFaults(string name)
{
    private static readonly JsonSerializerOptions Options = Make();
    private readonly Lock _turn = new();
    private readonly List<Armed> _armed = [];

    /// <summary>Adds faults.</summary>
    /// <param name="faults">Those of other emulators are left out.</param>
    public void Add(params IEnumerable<WireFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        lock (_turn)
        {
            _armed.AddRange(faults.Where(fault => fault.Emulator == "*" || fault.Emulator == name).Select(fault => new Armed(fault)));
        }
    }

    /// <summary>Takes all faults away.</summary>
    public void Clear()
    {
        lock (_turn)
        {
            _armed.Clear();
        }
    }

    /// <summary>Reads faults as YAML or JSON: a list, durations as <c>5s</c>.</summary>
    /// <param name="text">The list.</param>
    /// <exception cref="EstateException">It is no such list.</exception>
    public static IReadOnlyList<WireFault> Parse(string text)
    {
        try
        {
            return EstateYaml.Read(text, "faults")?.Deserialize<List<WireFault>>(Options) ?? [];
        }
        catch (JsonException exception)
        {
            throw new EstateException($"faults: {exception.Path}: {exception.Message}", exception);
        }
    }

    internal WireFault? Strikes(string method, string path)
    {
        lock (_turn)
        {
            return _armed.FirstOrDefault(armed => armed.Strikes(method, path))?.Fault;
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(Json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        options.Converters.Add(new DurationJson());
        return options;
    }

    private sealed class Armed(WireFault fault)
    {
        private int _met;
        private int _struck;

        public WireFault Fault { get; } = fault;

        public bool Strikes(string method, string path)
        {
            if (!Fits(method, path) || _struck >= (Fault.Times ?? int.MaxValue))
            {
                return false;
            }

            _met++;
            if (_met <= Fault.After || Draw(_met) >= Fault.Share)
            {
                return false;
            }

            _struck++;
            return true;
        }

        private bool Fits(string method, string path) =>
            (Fault.Method is not { } wanted || (wanted == "acts" ? method is not ("GET" or "HEAD") : string.Equals(wanted, method, StringComparison.OrdinalIgnoreCase)))
            && (Fault.Path is not { } like || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression($"*{like}*", path));

        /// <summary>0 to 1 by the call's number, the same in each run.</summary>
        private double Draw(int number)
        {
            var mixed = ((ulong)number + ((ulong)(uint)Fault.Seed << 32) + 0x9E3779B97F4A7C15UL) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return (mixed >> 11) / (double)(1UL << 53);
        }
    }
}
