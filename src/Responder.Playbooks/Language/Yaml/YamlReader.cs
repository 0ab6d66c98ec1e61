using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Responder.Playbooks.Language.Yaml;

/// <summary>Reads YAML into a tree that keeps positions, keys that repeat, and the order.</summary>
internal sealed class YamlReader
{
    /// <summary>The largest file that is read: a playbook of 20,000 lines is under it.</summary>
    public const int MaxLength = 2_000_000;

    /// <summary>The deepest nesting.</summary>
    public const int MaxDepth = 100;

    private readonly List<YamlMark> _marks = [];
    private readonly List<YamlFault> _faults = [];
    private readonly IParser _parser;
    private int _depth;

    private YamlReader(IParser parser) => _parser = parser;

    public static YamlFile Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return new YamlFile { Text = text, Error = new YamlFault(new SourcePosition(1, 1), $"the file has more than {MaxLength:N0} characters") };
        }

        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var reader = new YamlReader(new Parser(scanner));
        try
        {
            var root = reader.ReadStream();
            return new YamlFile { Text = text, Root = root, Comments = ReadComments(text), Marks = reader._marks, Faults = reader._faults };
        }
        catch (YamlException exception)
        {
            return Broken(new YamlFault(At(exception.Start), Sentence(exception.Message)));
        }
        catch (InvalidOperationException)
        {
            // The scanner's own state, on some texts that do not parse.
            return Broken(new YamlFault(At(scanner.CurrentPosition), "a value is not ended, or an indentation does not fit"));
        }

        YamlFile Broken(YamlFault error) => new() { Text = text, Comments = ReadComments(text), Marks = reader._marks, Error = error };
    }

    /// <summary>Comments are read apart: the parser that gives them with the nodes refuses some places where YAML allows them.</summary>
    private static List<YamlComment> ReadComments(string text)
    {
        var comments = new List<YamlComment>();
        if (!text.Contains('#', StringComparison.Ordinal))
        {
            return comments;
        }

        try
        {
            var scanner = new Scanner(new StringReader(text), skipComments: false);

            // A scanner gives the same error token for ever where the text does not parse.
            while (scanner.MoveNext() && scanner.Current is not YamlDotNet.Core.Tokens.Error)
            {
                if (scanner.Current is YamlDotNet.Core.Tokens.Comment comment)
                {
                    comments.Add(new YamlComment(At(comment.Start), comment.Value, comment.IsInline));
                }
            }
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            // The text does not parse, which is reported; the comments before that place are enough.
        }

        return comments;
    }

    private YamlNode? ReadStream()
    {
        Next<StreamStart>();
        YamlNode? root = null;
        while (_parser.MoveNext() && _parser.Current is DocumentStart start)
        {
            if (root is not null)
            {
                _faults.Add(new YamlFault(At(start.Start), "a second document begins here; a file is one playbook"));
            }

            _parser.MoveNext();
            var node = ReadNode();
            root ??= node;
            Next<DocumentEnd>();
        }

        return root;
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (!_parser.MoveNext() || _parser.Current is not T)
        {
            throw new YamlException("the file ends too early");
        }
    }

    /// <summary>Reads the node whose first event is current; leaves its last event current.</summary>
    private YamlNode ReadNode()
    {
        var current = _parser.Current!;
        if (current is AnchorAlias alias)
        {
            _marks.Add(new YamlMark(YamlMarkKind.Alias, At(alias.Start), "*" + alias.Value.Value));
            return new YamlText(At(alias.Start), (int)alias.Start.Index, string.Empty, ScalarStyle.Plain, (int)alias.End.Index);
        }

        if (current is not NodeEvent node)
        {
            throw new YamlException(current.Start, current.End, "a value is missing here");
        }

        NoteMarks(node);
        if (current is Scalar scalar)
        {
            return new YamlText(At(scalar.Start), (int)scalar.Start.Index, scalar.Value, scalar.Style, (int)scalar.End.Index);
        }

        if (++_depth > MaxDepth)
        {
            throw new YamlException(current.Start, current.End, $"lists and maps are nested more than {MaxDepth} deep");
        }

        YamlNode group = current is SequenceStart ? ReadList(current.Start) : ReadMap(current.Start);
        _depth--;
        return group;
    }

    private YamlList ReadList(Mark start)
    {
        var items = new List<YamlNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode());
        }

        return new YamlList(At(start), (int)start.Index, items);
    }

    private YamlMap ReadMap(Mark start)
    {
        var pairs = new List<YamlPair>();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = ReadNode();
            _parser.MoveNext();
            var value = ReadNode();
            if (key is not YamlText text)
            {
                _faults.Add(new YamlFault(key.At, $"a key is {key.What}; keys are text (quote a value that begins with a bracket)"));
                continue;
            }

            if (text is { Value: "<<", Style: ScalarStyle.Plain })
            {
                _marks.Add(new YamlMark(YamlMarkKind.MergeKey, text.At, "<<"));
                continue;
            }

            pairs.Add(new YamlPair(text, value));
        }

        return new YamlMap(At(start), (int)start.Index, pairs);
    }

    private void NoteMarks(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            _marks.Add(new YamlMark(YamlMarkKind.Anchor, At(node.Start), "&" + node.Anchor.Value));
        }

        if (!node.Tag.IsEmpty)
        {
            _marks.Add(new YamlMark(YamlMarkKind.Tag, At(node.Start), node.Tag.IsNonSpecific ? "!" : node.Tag.Value));
        }
    }

    private static SourcePosition At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static string Sentence(string message) =>
        message.Length == 0 ? "the YAML does not parse" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
