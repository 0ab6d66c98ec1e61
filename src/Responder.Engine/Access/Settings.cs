namespace Responder.Engine.Access;

/// <summary>Small facts that the installation keeps about itself, by name: its id, the key that signs links, when it was first started.</summary>
public interface IStoredSettings
{
    /// <summary>A setting's value; null where there is none.</summary>
    Task<string?> GetAsync(string name, CancellationToken cancel);

    /// <summary>Sets it; null removes it. Completes after the commit.</summary>
    Task SetAsync(string name, string? value, CancellationToken cancel);

    /// <summary>Sets it where there is none and gives the value that holds then: of two that race, one wins and both get its value.</summary>
    Task<string> GetOrAddAsync(string name, string value, CancellationToken cancel);
}
