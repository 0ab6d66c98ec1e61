using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Responder.Sdk;

/// <summary>One product that we can act on. The host finds the one class of each connector's assembly that implements this.</summary>
/// <remarks>Handlers are found in the same assembly and built from the services of one connection.</remarks>
public interface IConnector
{
    /// <summary>The connector's name in configuration: lower case, one word.</summary>
    string Name { get; }

    /// <summary>One line for people: which product, by which API.</summary>
    string About { get; }

    /// <summary>
    /// Adds what the handlers of one connection need: settings, client, <see cref="IConnectionCheck"/>, <see cref="ITargetDescriber"/>.
    /// Throws <see cref="SettingsException"/> with the setting's name where something is missing or wrong.
    /// </summary>
    /// <param name="services">The services of this one connection; a TimeProvider, loggers, <see cref="ConnectionInfo"/> and <see cref="Chat.IAnswerLinks"/> are there already.</param>
    /// <param name="settings">The connection's section of the configuration.</param>
    void Configure(IServiceCollection services, IConfigurationSection settings);
}

/// <summary>Which connection the services belong to.</summary>
/// <param name="Name">The connection's name in configuration.</param>
/// <param name="Connector">Its connector's name.</param>
/// <param name="DataFolder">A folder for files of this installation; exists.</param>
public sealed record ConnectionInfo(string Name, string Connector, string DataFolder);

/// <summary>A setting that is missing or wrong; the message names it and says what it takes.</summary>
/// <param name="setting">The setting's full name.</param>
/// <param name="problem">What is wrong and what it takes.</param>
public sealed class SettingsException(string setting, string problem) : Exception($"{setting}: {problem}")
{
    /// <summary>The setting's full name.</summary>
    public string Setting { get; } = setting;
}

/// <summary>Tests a connection's credential.</summary>
public interface IConnectionCheck
{
    /// <summary>Signs in, reads something harmless, and says which of its actions the credential is allowed.</summary>
    /// <param name="cancel">Ends waiting.</param>
    Task<Health> CheckAsync(CancellationToken cancel);
}

/// <summary>What a check found.</summary>
/// <param name="Ok">Signed in.</param>
/// <param name="Message">Why not, or as whom and where.</param>
/// <param name="Allowed">Action name to null where allowed, or to the reason why not.</param>
public sealed record Health(bool Ok, string Message, IReadOnlyDictionary<string, string?> Allowed);

/// <summary>Says what a target is, by its canonical id.</summary>
public interface ITargetDescriber
{
    /// <summary>Reads only. A target that is unknown fails with <see cref="FailureKind.NotFound"/>, one that is not unique with <see cref="FailureKind.Conflict"/>.</summary>
    /// <param name="kind">What kind of thing.</param>
    /// <param name="value">The field's value: an id, a name, an address.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel);
}

/// <summary>What is known of a target: the gate shows it; policy, quota, ledger and locks use it.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Id">The canonical id in that connection.</param>
/// <param name="Names">Every name it goes by, the shown one first.</param>
/// <param name="Tags">The vendor's tags.</param>
/// <param name="Role">The vendor's word for what it is: <c>Workstation</c>, <c>Server</c>, <c>Domain Controller</c>.</param>
/// <param name="Groups">Groups it belongs to, nesting resolved.</param>
/// <param name="Owner">Who uses or owns it.</param>
/// <param name="Details">More for people: operating system, last seen, department.</param>
public sealed record TargetFacts(
    TargetKind Kind,
    string Id,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Tags,
    string? Role = null,
    IReadOnlyList<string>? Groups = null,
    string? Owner = null,
    IReadOnlyDictionary<string, string>? Details = null);
