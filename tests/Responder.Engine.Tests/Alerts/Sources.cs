using Responder.Engine.Alerts;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Tests.Alerts;

/// <summary>The normaliser with the mappings that come with the program, and what tests need around it.</summary>
internal static class Sources
{
    public static readonly DateTimeOffset Received = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static AlertNormalizer Normalizer { get; } = new(BuiltInMappings.Read());

    public static Alert One(string source, string body)
    {
        var result = Normalizer.Normalize(source, body, Received);
        Assert.Empty(result.Refused);
        return Assert.Single(result.Alerts);
    }

    public static string Refused(string source, string body)
    {
        var result = Normalizer.Normalize(source, body, Received);
        Assert.Empty(result.Alerts);
        return Assert.Single(result.Refused).Reason;
    }
}
