using Responder.Sdk;

namespace Responder.Cli.Settings.Vault;

/// <summary>The secrets of an Azure Key Vault as settings: <c>Connections--falcon--ClientSecret</c>. The vault is asked when the first setting is read that it may hold, and once.</summary>
/// <param name="section">The vault's own settings.</param>
/// <param name="tops">Keys at the top of the settings that a secret may be below.</param>
internal sealed class VaultSource(IConfigurationSection section, IReadOnlyCollection<string> tops) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(section, tops);

    private sealed class Provider : ConfigurationProvider
    {
        private readonly Lazy<bool> _loaded;
        private readonly IReadOnlyCollection<string> _tops;

        public Provider(IConfigurationSection section, IReadOnlyCollection<string> tops)
        {
            _tops = tops;
            _loaded = new Lazy<bool>(() =>
            {
                Take(section);
                return true;
            });
        }

        public override bool TryGet(string key, out string? value)
        {
            value = null;
            return MayHold(key) && _loaded.Value && base.TryGet(key, out value);
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            parentPath is not null && MayHold(parentPath + ":x") && _loaded.Value ? base.GetChildKeys(earlierKeys, parentPath) : [.. earlierKeys];

        /// <summary>
        /// A secret is below a connection or a section; which connector a connection has is none, and the mocks have none. So a verb that opens no connection asks no vault.
        /// </summary>
        private bool MayHold(string key) => key.Split(':') switch
        {
            ["Connections", _, "Connector"] or ["Connections", "mock", ..] => false,
            [var top, _, _, ..] => IsOurs(top),
            [var top, _] => top != "Connections" && IsOurs(top),
            _ => false,
        };

        private bool IsOurs(string top) => _tops.Contains(top, StringComparer.OrdinalIgnoreCase);

        private void Take(IConfigurationSection section)
        {
            try
            {
                foreach (var (name, value) in VaultReader.ReadAsync(VaultSettings.Read(section), MayHold, TimeProvider.System).GetAwaiter().GetResult())
                {
                    Data[name] = value;
                }
            }
            catch (SettingsException exception)
            {
                throw new BadInputException(exception.Message);
            }
            catch (ActionFailure failure)
            {
                throw new BadInputException($"{VaultSettings.Section}:Url: the key vault can't be read: {failure.Message}");
            }
        }
    }
}
