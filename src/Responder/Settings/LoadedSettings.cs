using System.Text.Json;
using Responder.Cli.Settings.Vault;
using Responder.Hosting.Connections;
using Responder.Sdk;

namespace Responder.Cli.Settings;

/// <summary>
/// The settings: <c>appsettings.json</c>, over it user secrets, over them an Azure Key Vault, over it a folder with a file for each secret, over all of it variables of the environment
/// that begin with <c>RESPONDER_</c>.
/// </summary>
internal sealed class LoadedSettings
{
    /// <summary>Of <c>dotnet user-secrets --id</c>.</summary>
    private const string UserSecrets = "responder";

    private const string Prefix = "RESPONDER_";

    private LoadedSettings(IConfiguration values, string? file) => (Values, File) = (values, file);

    /// <summary>What is set.</summary>
    public IConfiguration Values { get; }

    /// <summary>The settings file that was read; null where there is none.</summary>
    public string? File { get; }

    /// <summary>What <c>--connectors</c> is where it is not said.</summary>
    public string Mode => ConnectionSet.AreConfigured(Values) ? "configured" : "mock";

    /// <summary>The policy file: <c>Policy</c>, from the settings file's folder; else <c>policy.yaml</c> beside the settings, where there is one; null for the built-in policy.</summary>
    /// <exception cref="BadInputException">The file that is named is not there.</exception>
    public string? PolicyFile
    {
        get
        {
            var folder = File is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(File))!;
            if (Values["Policy"] is { Length: > 0 } named)
            {
                var path = Path.GetFullPath(named, folder);
                return System.IO.File.Exists(path) ? path : throw new BadInputException($"{File ?? "RESPONDER_Policy"}: Policy: is '{named}', and there is no file {path}. `responder policy default` prints one to begin with.");
            }

            return Path.Combine(folder, "policy.yaml") is var beside && System.IO.File.Exists(beside) ? beside : null;
        }
    }

    /// <summary>All that is set, a line each, secrets too: to tell whether it changed, and for nothing else.</summary>
    public string AsText() => string.Join('\n', Values.AsEnumerable().Where(one => one.Value is not null).OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase).Select(one => $"{one.Key}={one.Value}"));

    /// <summary>Reads them.</summary>
    /// <param name="named">The file of <c>--config</c>; where null, <c>appsettings.json</c> of the working folder, else the one beside the program.</param>
    /// <exception cref="BadInputException">A file is not there or is no JSON, or it has a key that means nothing.</exception>
    public static LoadedSettings Read(string? named)
    {
        var file = FileOf(named);
        try
        {
            var builder = new ConfigurationBuilder();
            if (file is not null)
            {
                builder.AddJsonFile(file, optional: false);
                KnownKeys.Check(new ConfigurationBuilder().AddJsonFile(file, optional: false).Build(), file);
            }

            builder.AddUserSecrets(UserSecrets);
            var overVault = builder.Sources.Count;
            var folder = new ConfigurationBuilder().AddConfiguration(builder.Build()).AddEnvironmentVariables(Prefix).Build()["SecretsFolder"];
            if (folder is not null)
            {
                builder.AddKeyPerFile(Directory.Exists(folder)
                    ? Path.GetFullPath(folder)
                    : throw new BadInputException($"{file}: SecretsFolder: is '{folder}', and there is no such folder. It holds one file for each secret, named like Connections__falcon__ClientSecret."));
            }

            builder.AddEnvironmentVariables(Prefix);
            var values = builder.Build();
            if (values[$"{VaultSettings.Section}:Url"] is { Length: > 0 })
            {
                // Its own settings are from all the others; what it holds goes over the file, and a folder or a variable over that.
                builder.Sources.Insert(overVault, new VaultSource(values.GetSection(VaultSettings.Section), KnownKeys.WithSecrets));
                values = builder.Build();
            }

            return new LoadedSettings(values, file);
        }
        catch (InvalidDataException exception)
        {
            throw new BadInputException($"{file} can't be read: {Reason(exception)}");
        }
    }

    /// <summary>A problem with a setting, with the file it is in or would be in, and how else it can be set.</summary>
    public BadInputException Explain(SettingsException problem)
    {
        var variable = Prefix + problem.Setting.Replace(":", "__", StringComparison.Ordinal);
        return new BadInputException($"""
            {File ?? "appsettings.json (there is none)"}: {problem.Message}
            Set {problem.Setting} in that file (--config names another), or a secret as the variable {variable}, as a file {variable[Prefix.Length..]} in the folder of SecretsFolder, or in the key vault as {VaultReader.NameOf(problem.Setting)}.
            """);
    }

    private static string? FileOf(string? named)
    {
        if (named is not null)
        {
            return System.IO.File.Exists(named) ? Path.GetFullPath(named) : throw new BadInputException($"--config {named}: there is no such file.");
        }

        return new[] { Environment.CurrentDirectory, AppContext.BaseDirectory }.Select(folder => Path.Combine(folder, "appsettings.json")).FirstOrDefault(System.IO.File.Exists);
    }

    private static string Reason(Exception exception)
    {
        var inner = exception;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        return inner is JsonException { LineNumber: { } line } json ? $"line {line + 1}: {json.Message}" : inner.Message;
    }
}
