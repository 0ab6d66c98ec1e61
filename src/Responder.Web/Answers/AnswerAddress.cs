namespace Responder.Web.Answers;

/// <summary>The token of an answer link, taken out of the address before anything could write the address down: who has it can answer.</summary>
/// <param name="Token">The token.</param>
internal sealed record AnswerAddress(string Token)
{
    private const string Before = "/answer/";

    /// <summary>Takes the token out of an address of the form <c>/answer/TOKEN</c>; null where it is of another form.</summary>
    /// <param name="path">The path.</param>
    public static (string Path, AnswerAddress Address)? TakeFrom(string path) =>
        path.StartsWith(Before, StringComparison.OrdinalIgnoreCase) && path.Length > Before.Length
            ? ($"{Before}{Wire.AddressKey.Mark}", new AnswerAddress(path[Before.Length..].TrimEnd('/')))
            : null;
}
