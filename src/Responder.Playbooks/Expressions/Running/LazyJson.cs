using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>A lazy object of the scope written out, where an expression's value is the whole of it.</summary>
internal static class LazyJson
{
    public static JsonElement Of(ScopeObject lazy)
    {
        var output = new OutputBuffer();
        Write(output, lazy, 0);
        return output.ToElement();
    }

    public static void Write(OutputBuffer output, ScopeObject lazy, int depth)
    {
        output.Enter(depth);
        output.Writer.WriteStartObject();
        foreach (var key in lazy.Keys)
        {
            output.Name(key);
            var value = lazy.Get(key);
            if (value.Lazy is { } inner)
            {
                Write(output, inner, depth + 1);
            }
            else
            {
                output.Raw(value.Json);
            }
        }

        output.Writer.WriteEndObject();
    }
}
