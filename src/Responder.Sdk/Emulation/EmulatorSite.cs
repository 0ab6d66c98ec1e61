using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Estate;

namespace Responder.Sdk.Emulation;

/// <summary>What an emulator stands on: the estate, the clock, the log of calls, what is to go wrong.</summary>
public sealed class EmulatorSite
{
    private Uri? _url;

    internal EmulatorSite(string name, MockEstate estate, TimeProvider time, CallLog calls, WireFaults faults) =>
        (Name, Estate, Time, Calls, Faults) = (name, estate, time, calls, faults);

    /// <summary>The emulator's name.</summary>
    public string Name { get; }

    /// <summary>The made-up company.</summary>
    public MockEstate Estate { get; }

    /// <summary>The clock: of token lifetimes, rate windows, states that take time.</summary>
    public TimeProvider Time { get; }

    /// <summary>Every call that came.</summary>
    public CallLog Calls { get; }

    /// <summary>What is to go wrong on the wire.</summary>
    public WireFaults Faults { get; }

    /// <summary>Where it listens.</summary>
    /// <exception cref="InvalidOperationException">It does not listen yet.</exception>
    public Uri Url
    {
        get => _url ?? throw new InvalidOperationException($"{Name} does not listen yet.");
        internal set => _url = value;
    }

    /// <summary>The PEM file with its certificate, where it serves https.</summary>
    public string? CaFile { get; internal set; }

    /// <summary>A random text for a credential, good in headers and URLs.</summary>
    /// <param name="length">How many letters and digits.</param>
    public static string NewSecret(int length = 40) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);

    /// <summary>A random id of hex digits.</summary>
    /// <param name="length">How many.</param>
    public static string NewHex(int length = 32) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    /// <summary>Who does an effect: the call, so that <c>GET /effects</c> can name it.</summary>
    /// <param name="http">The call.</param>
    /// <param name="action">The action whose effect it is, by the mock's name: <c>edr.isolate_host</c>.</param>
    /// <param name="target">What it is done to, by a name that people know.</param>
    /// <param name="key">The step's key, where the vendor's protocol carries it (a label, a property, a description).</param>
    public static EffectBy By(HttpContext http, string action, string target, string? key = null) => new(action, target, key) { Call = CallLog.Of(http)?.Id };
}
