using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Responder.Playbooks.Mappings;

/// <summary>
/// The part of JMESPath that most fields of a mapping are: paths, lists of them, <c>||</c> and <c>&amp;&amp;</c>. It is answered from the document itself,
/// without a second copy of it in the library's own form, which costs more than all else that is done to an alert.
/// </summary>
internal abstract class PlainQuery
{
    /// <summary>What it finds in a value; null where nothing.</summary>
    public abstract JsonElement? Find(JsonElement value);

    /// <summary>Reads a query; null where it is more than this part of the language.</summary>
    public static PlainQuery? TryParse(string source)
    {
        var reader = new Reader(source);
        return reader.Either() is { } query && reader.AtEnd ? query : null;
    }

    /// <summary>What JMESPath takes for true: not null, false, or empty.</summary>
    public static bool IsTrue(JsonElement? found) => found is { } value && value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => false,
        JsonValueKind.String => !value.ValueEquals(ReadOnlySpan<byte>.Empty),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };

    private sealed class Field(PlainQuery? of, string name) : PlainQuery
    {
        public override JsonElement? Find(JsonElement value) =>
            (of is null ? value : of.Find(value)) is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var found) ? found : null;
    }

    private sealed class Item(PlainQuery? of, int index) : PlainQuery
    {
        public override JsonElement? Find(JsonElement value)
        {
            if ((of is null ? value : of.Find(value)) is not { ValueKind: JsonValueKind.Array } list)
            {
                return null;
            }

            var at = index < 0 ? list.GetArrayLength() + index : index;
            return at >= 0 && at < list.GetArrayLength() ? list[at] : null;
        }
    }

    private sealed class Or(PlainQuery first, PlainQuery second) : PlainQuery
    {
        public override JsonElement? Find(JsonElement value) => first.Find(value) is var found && IsTrue(found) ? found : second.Find(value);
    }

    private sealed class And(PlainQuery first, PlainQuery second) : PlainQuery
    {
        public override JsonElement? Find(JsonElement value) => first.Find(value) is var found && IsTrue(found) ? second.Find(value) : found;
    }

    private sealed class List(IReadOnlyList<PlainQuery> items) : PlainQuery
    {
        public override JsonElement? Find(JsonElement value) =>
            Expressions.JsonText.Build(json =>
            {
                json.WriteStartArray();
                foreach (var item in items)
                {
                    if (item.Find(value) is { } found)
                    {
                        Expressions.BuiltValue.Copy(found, json);
                    }
                    else
                    {
                        json.WriteNullValue();
                    }
                }

                json.WriteEndArray();
            });
    }

    /// <summary>Each method reads one level of the grammar, and gives null where the text is another.</summary>
    private sealed class Reader(string source)
    {
        private int _at;

        public bool AtEnd
        {
            get
            {
                Blanks();
                return _at == source.Length;
            }
        }

        public PlainQuery? Either()
        {
            var first = Both();
            while (first is not null && Take("||"))
            {
                first = Both() is { } second ? new Or(first, second) : null;
            }

            return first;
        }

        private PlainQuery? Both()
        {
            var first = One();
            while (first is not null && Take("&&"))
            {
                first = One() is { } second ? new And(first, second) : null;
            }

            return first;
        }

        private PlainQuery? One() => Take("(") ? Either() is { } inner && Take(")") ? inner : null
            : Take("[") ? Items()
            : Path();

        private List? Items()
        {
            List<PlainQuery> items = [];
            do
            {
                if (Either() is not { } item)
                {
                    return null;
                }

                items.Add(item);
            }
            while (Take(","));
            return Take("]") ? new List(items) : null;
        }

        private Field? First() => Name() is { } name ? new Field(null, name) : null;

        private PlainQuery? Path()
        {
            PlainQuery? path = First();
            while (path is not null)
            {
                if (Take("."))
                {
                    path = Name() is { } name ? new Field(path, name) : null;
                }
                else if (Take("["))
                {
                    path = Number() is { } index && Take("]") ? new Item(path, index) : null;
                }
                else
                {
                    return path;
                }
            }

            return null;
        }

        private string? Name()
        {
            Blanks();
            if (_at < source.Length && source[_at] == '"')
            {
                return Quoted();
            }

            var from = _at;
            while (_at < source.Length && (char.IsAsciiLetter(source[_at]) || source[_at] == '_' || (_at > from && char.IsAsciiDigit(source[_at]))))
            {
                _at++;
            }

            return _at > from ? source[from.._at] : null;
        }

        // A name with a backslash in it is left to the library.
        private string? Quoted()
        {
            var name = new StringBuilder();
            for (_at++; _at < source.Length && source[_at] != '\\'; _at++)
            {
                if (source[_at] == '"')
                {
                    _at++;
                    return name.ToString();
                }

                name.Append(source[_at]);
            }

            return null;
        }

        private int? Number()
        {
            Blanks();
            var from = _at;
            while (_at < source.Length && (char.IsAsciiDigit(source[_at]) || (_at == from && source[_at] == '-')))
            {
                _at++;
            }

            return int.TryParse(source.AsSpan(from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        private bool Take(string word)
        {
            Blanks();
            if (!source.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
            {
                return false;
            }

            _at += word.Length;
            return true;
        }

        private void Blanks()
        {
            while (_at < source.Length && source[_at] is ' ' or '\t' or '\r' or '\n')
            {
                _at++;
            }
        }
    }
}
