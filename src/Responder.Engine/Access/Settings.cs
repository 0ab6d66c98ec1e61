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

    /// <summary>Claims something for a time, where nobody else has it then: of the nodes of a cluster one does it, as far as their clocks agree.</summary>
    /// <param name="name">What.</param>
    /// <param name="owner">Who wants it; one who has it keeps it so.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">How long it is had, unless it is claimed again.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>Who has it.</returns>
    Task<string> ClaimAsync(string name, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel);
}
