using Responder.Playbooks.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Responder.Playbooks.Suppressions;

/// <summary>Reads a file of suppression rules: a list under <c>suppress</c>, each with <c>id</c>, <c>when</c>, <c>owner</c>, <c>reason</c>, <c>expires</c>, and <c>playbooks</c> where it is for some only.</summary>
public static class SuppressionFile
{
    /// <summary>Reads it. A rule with a problem is left out: what can't be understood must suppress nothing.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="file">Its name, for problems.</param>
    public static SuppressionSet Read(string yaml, string file)
    {
        var reader = new SuppressionReader(file);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return new SuppressionSet(stream.Documents.Count == 0 ? [] : reader.Read(stream.Documents[0].RootNode), reader.Problems);
        }
        catch (YamlException error)
        {
            return new SuppressionSet([], [new Problem(
                file, new SourcePosition((int)error.Start.Line, (int)error.Start.Column), SuppressionReader.Rule, ProblemLevel.Error, $"It is no YAML: {error.Message}")]);
        }
    }
}

/// <summary>The rules of a file, and what is wrong in it.</summary>
/// <param name="Rules">Those that can be used.</param>
/// <param name="Problems">All problems.</param>
public sealed record SuppressionSet(IReadOnlyList<SuppressionRule> Rules, IReadOnlyList<Problem> Problems)
{
    /// <summary>No rule.</summary>
    public static SuppressionSet Empty { get; } = new([], []);
}
