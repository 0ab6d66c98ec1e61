using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Responder.Engine.Access;

namespace Responder.Web.People.SharedKeys;

/// <summary>The keys of sessions in the store that all nodes share: a list that is only added to. What is in it is encrypted (<see cref="KeyCipher"/>), because whoever reads the database must not be able to sign in.</summary>
/// <param name="settings">The store's settings.</param>
internal sealed class StoredKeys(IStoredSettings settings) : IXmlRepository
{
    // The library asks on its caller's thread; a key is read once a day and made every ninety.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        List<XElement> keys = [];
        while (settings.GetAsync(Name(keys.Count), CancellationToken.None).GetAwaiter().GetResult() is { } key)
        {
            keys.Add(XElement.Parse(key));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var text = element.ToString(SaveOptions.DisableFormatting);

        // Two nodes that make one at once take two places: whoever comes second is given the other's text, and tries the next.
        for (var place = 0; settings.GetOrAddAsync(Name(place), text, CancellationToken.None).GetAwaiter().GetResult() != text; place++)
        {
        }
    }

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"session-keys/{place}");
}
