namespace Responder.Sdk.Mail;

/// <summary>What a mail's header takes.</summary>
public static class MailAddresses
{
    /// <summary>One plain address, and nothing that could become a second one or another header.</summary>
    /// <param name="address">As given; perhaps from an alert, so hostile.</param>
    /// <exception cref="ActionFailure">It is none.</exception>
    public static void Check(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == address.Length - 1 || address.IndexOf('@', at + 1) >= 0
            || address.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is ',' or ';' or ':' or '<' or '>' or '(' or ')' or '[' or ']' or '"' or '\\'))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{address}' is no mail address.");
        }
    }

    /// <summary>A subject on one line.</summary>
    /// <param name="subject">As given.</param>
    public static string OneLine(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return string.Concat(subject.ReplaceLineEndings(" ").Where(letter => !char.IsControl(letter))).Trim();
    }
}
