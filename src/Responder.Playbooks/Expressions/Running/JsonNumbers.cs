using System.Globalization;
using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>JavaScript's numbers as JSON: integers stay integers, -0 is 0.</summary>
internal static class JsonNumbers
{
    // Beyond this, JavaScript itself counts in steps of more than one.
    private const double Exact = 9007199254740991;

    /// <exception cref="Stopped">It is no number that JSON can hold.</exception>
    public static void Write(Utf8JsonWriter writer, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new Stopped($"its value is {value.ToString(CultureInfo.InvariantCulture)}, which is no number of JSON: was something divided by 0, or no number at all?");
        }

        if (Math.Abs(value) <= Exact && value == Math.Floor(value))
        {
            writer.WriteNumberValue((long)value);
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
