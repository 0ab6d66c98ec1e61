using System.Text.Json;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>A command of an order, and what came of it.</summary>
internal sealed class LiveStep(JsonElement command)
{
    public JsonElement Command { get; } = command;

    public string Status { get; private set; } = "Created";

    public string? Error { get; private set; }

    /// <summary>What lies in storage, once it ran.</summary>
    public byte[]? Result { get; private set; }

    public string MediaType { get; private set; } = "application/json";

    public bool Completes(byte[] result, string mediaType = "application/json")
    {
        (Status, Result, MediaType) = ("Completed", result, mediaType);
        return true;
    }

    public bool Fails(string why)
    {
        (Status, Error) = ("Failed", why);
        return false;
    }
}
