namespace Responder.Web.Api;

/// <summary>What lists take.</summary>
internal static class Paging
{
    public const int Usual = 50;
    private const int Most = 500;

    /// <summary>The size of a page.</summary>
    /// <exception cref="BadHttpRequestException">It is out of bounds.</exception>
    public static int Of(int? limit) => limit is null ? Usual : limit is >= 1 and <= Most ? limit.Value
        : throw new BadHttpRequestException($"`limit` is a number from 1 to {Most}; this is {limit}.");
}
