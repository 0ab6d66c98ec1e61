using Responder.Playbooks.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Responder.Playbooks.Mappings;

/// <summary>Reads a mapping file: YAML that says how a source's alerts become the normal form. docs/alerts.md has the keys.</summary>
public static class MappingFile
{
    /// <summary>Reads and checks it.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="file">Its name, for problems.</param>
    /// <exception cref="MappingFailure">It has problems: all of them, each with its line.</exception>
    public static SourceMapping Read(string yaml, string file) => Read(yaml, file, text => new Query(text));

    /// <summary>Reads one that comes with the program: its queries were checked when the program was built (a test reads each), and are not again at each start.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="file">Its name, for problems.</param>
    internal static SourceMapping ReadBuiltIn(string yaml, string file) => Read(yaml, file, Query.Known);

    private static SourceMapping Read(string yaml, string file, Func<string, Query> query)
    {
        var reader = new MappingReader(file, query);
        SourceMapping? mapping = null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 0)
            {
                reader.Add(default, "The file is empty; a mapping begins with `source:`.");
            }
            else
            {
                mapping = reader.Read(stream.Documents[0].RootNode);
            }
        }
        catch (YamlException error)
        {
            reader.Add(new SourcePosition((int)error.Start.Line, (int)error.Start.Column), $"It is no YAML: {error.Message}");
        }

        return mapping is not null && reader.Problems.Count == 0 ? mapping : throw new MappingFailure(reader.Problems);
    }
}
