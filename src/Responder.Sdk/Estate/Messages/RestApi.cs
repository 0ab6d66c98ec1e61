using System.Text.Json;

namespace Responder.Sdk.Estate;

/// <summary>What <c>http.request</c> reaches.</summary>
public sealed class RestApi
{
    /// <summary>Answers, by <c>METHOD path</c>; <c>*</c> stands for one segment.</summary>
    public Dictionary<string, RestRoute> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>The answer to a call; null where no route fits.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, with or without a query.</param>
    public RestRoute? Find(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        var bare = path.Split('?')[0].Trim('/').Split('/');
        foreach (var (name, route) in Routes)
        {
            var cut = name.IndexOf(' ', StringComparison.Ordinal);
            var segments = name[(cut + 1)..].Trim('/').Split('/');
            if (cut > 0 && string.Equals(name[..cut], method, StringComparison.OrdinalIgnoreCase) && segments.Length == bare.Length
                && segments.Zip(bare).All(pair => pair.First == "*" || string.Equals(pair.First, pair.Second, StringComparison.Ordinal)))
            {
                return route;
            }
        }

        return null;
    }
}

/// <summary>One answer.</summary>
public sealed class RestRoute
{
    /// <summary>The status code.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers, names in lower case.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);

    /// <summary>The body.</summary>
    public JsonElement? Body { get; init; }
}
