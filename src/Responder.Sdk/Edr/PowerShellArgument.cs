namespace Responder.Sdk.Edr;

/// <summary>Values as arguments of a PowerShell script.</summary>
public static class PowerShellArgument
{
    /// <summary>One argument between single quotes; PowerShell knows no escape in them but the doubled quote. Its look-alikes end a text as well.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ActionFailure">It holds a character that can't be in one.</exception>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Any(letter => letter is '`' or '"' or '\u2018' or '\u2019' or '\u201A' or '\u201B' || char.IsControl(letter))
            ? throw new ActionFailure(FailureKind.Invalid, $"'{value}' holds a character that can't be in a script's argument.")
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
