using System.Security.Cryptography;
using Responder.Engine.Access;
using Responder.Sdk;
using Responder.Sdk.Chat;

namespace Responder.Hosting.Answers;

/// <summary>
/// Makes and reads answer links. They lead to <c>PublicAddress</c>, or where that is not set to the address that this process serves, and are signed by a key
/// that is made at first need and kept in the store, so that every node reads every node's links.
/// </summary>
public sealed class AnswerLinks : IAnswerLinks
{
    private const string KeySetting = "answers.key";

    private string? _address;
    private bool _nobodyServes;
    private IStoredSettings? _settings;
    private byte[]? _key;

    /// <summary>Links to an address.</summary>
    /// <param name="publicAddress">Under which people reach the pages: <c>https://responder.company.com</c>; null where none is set.</param>
    /// <exception cref="SettingsException">It is no address of a web page.</exception>
    public AnswerLinks(string? publicAddress)
    {
        if (publicAddress is not null && !(Uri.TryCreate(publicAddress, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"))
        {
            throw new SettingsException("PublicAddress", $"is '{publicAddress}'; it takes the address under which people reach this server, like https://responder.company.com.");
        }

        _address = publicAddress;
    }

    /// <summary>Where the key is kept.</summary>
    /// <param name="settings">The store's settings.</param>
    public void KeepKeyIn(IStoredSettings settings) => _settings = settings;

    /// <summary>Says where the pages are served; a public address that was set stays.</summary>
    /// <param name="address">A base address.</param>
    public void ServedAt(string address) => Interlocked.CompareExchange(ref _address, address, null);

    /// <summary>Where links lead; null where no address is known.</summary>
    public string? Address => _address;

    /// <summary>Says that this process serves no pages, nor can another one over its store: who followed a link would find nothing.</summary>
    public void ServedNowhere() => _nobodyServes = true;

    /// <inheritdoc/>
    public async Task<Uri> LinkForAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = _nobodyServes ? throw new ActionFailure(
            FailureKind.Invalid, "Nobody could answer: this command serves no answer page. Give --urls with the address to listen on (PublicAddress must lead there), or run it on a server (responder serve).")
            : _address ?? throw new ActionFailure(
            FailureKind.Invalid, "Nobody could answer: no address is known under which the answer page is reached. Set PublicAddress, and run it on a server (responder serve).");
        return new Uri($"{address.TrimEnd('/')}/answer/{AnswerToken.Make(await KeyAsync(context.Cancel), context.RunId, context.StepPath)}");
    }

    /// <summary>The run and the step that a link's token names; null where it was not signed here.</summary>
    /// <param name="token">The link's last part.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<(string RunId, string Path)?> ReadAsync(string token, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(token);
        return AnswerToken.Read(await KeyAsync(cancel), token);
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancel)
    {
        if (_key is { } known)
        {
            return known;
        }

        // Of two that come first at once both get the one key that the store keeps.
        var settings = _settings ?? throw new InvalidOperationException("Answer links have no store to keep their key in.");
        return _key = Convert.FromHexString(await settings.GetOrAddAsync(KeySetting, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), cancel));
    }
}
