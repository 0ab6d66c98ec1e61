using System.Text.Json;

namespace Responder.Storage;

/// <summary>How values stand in columns: times as milliseconds since 1970 in UTC, names of states in snake_case.</summary>
internal static class Values
{
    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Of(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } there ? Time(there) : null;

    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ByValue[value];

    public static T Enum<T>(string name) where T : struct, Enum =>
        Names<T>.ByName.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"The store holds a {typeof(T).Name} '{name}' that this version does not know.");

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            System.Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByName = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
