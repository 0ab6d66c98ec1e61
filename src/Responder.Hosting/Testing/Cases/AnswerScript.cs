using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Hosting.Testing.Cases;

/// <summary>The answers to a step, in order; written as one answer, which holds every time, or as a list, which is used up.</summary>
/// <param name="Answers">The answers.</param>
/// <param name="IsList">True where it is used up.</param>
[JsonConverter(typeof(AnswerScriptJson))]
public sealed record AnswerScript(IReadOnlyList<ScriptedAnswer> Answers, bool IsList)
{
    /// <summary>The answer when the step asks again.</summary>
    /// <param name="time">0 for the first time.</param>
    public ScriptedAnswer At(int time) => !IsList ? Answers[0] : time < Answers.Count ? Answers[time] : ScriptedAnswer.Nobody;
}

/// <summary>One answer at a gate or to a question.</summary>
public sealed record ScriptedAnswer
{
    /// <summary>Nobody answers, and the deadline decides.</summary>
    public static ScriptedAnswer Nobody { get; } = new();

    /// <summary>At a gate: what is chosen.</summary>
    public string? Choice { get; init; }

    /// <summary>To a question: what is answered.</summary>
    public string? Answer { get; init; }

    /// <summary>Who.</summary>
    public string? By { get; init; }

    /// <summary>The role that they have.</summary>
    public string? Role { get; init; }

    /// <summary>The form.</summary>
    public JsonElement? Fields { get; init; }

    /// <summary>Their words.</summary>
    public string? Comment { get; init; }

    /// <summary>What is answered, at a gate or to a question; null where nobody answers.</summary>
    [JsonIgnore]
    public string? Word => Choice ?? Answer;
}

/// <summary>Reads the short forms: the choice alone, <c>none</c>, a list of them.</summary>
internal sealed class AnswerScriptJson : JsonConverter<AnswerScript>
{
    public override AnswerScript Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind == JsonValueKind.Array
            ? new AnswerScript([.. value.EnumerateArray().Select(one => Single(one, options))], true)
            : new AnswerScript([Single(value, options)], false);
    }

    public override void Write(Utf8JsonWriter writer, AnswerScript value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.IsList ? (object)value.Answers : value.Answers[0], options);

    private static ScriptedAnswer Single(JsonElement value, JsonSerializerOptions options)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var answer = value.Deserialize<ScriptedAnswer>(options)!;
                return answer.Word is null || (answer.Choice is not null && answer.Answer is not null)
                    ? throw new JsonException("an answer has 'choice' (at a gate) or 'answer' (to a question), and not both.")
                    : answer;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                var word = value.ToString();
                return word == "none" ? ScriptedAnswer.Nobody : new ScriptedAnswer { Choice = word };
            default:
                throw new JsonException("an answer is a choice, 'none', a map, or a list of these.");
        }
    }
}
