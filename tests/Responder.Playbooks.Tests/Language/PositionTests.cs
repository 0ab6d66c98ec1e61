using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Language;

/// <summary>A problem inside an expression is named where it is written, however YAML writes the text.</summary>
public sealed class PositionTests
{
    [Theory]
    [InlineData("    when: vars.wrong", 5, 11)]
    [InlineData("    when: \"vars.wrong\"", 5, 12)]
    [InlineData("    when: 'vars.wrong'", 5, 12)]
    [InlineData("    when: 'inputs != ''a'' && vars.wrong'", 5, 31)]
    [InlineData("    when: \"alert.title != \\\"a\\\" && vars.wrong\"", 5, 36)]
    [InlineData("    when: >-\n      alert.title\n      && vars.wrong", 7, 10)]
    [InlineData("    when: |\n      alert.title\n        && vars.wrong", 7, 12)]
    [InlineData("    when: alert.title\n      && vars.wrong", 6, 10)]
    [InlineData("    name: x\n    when: >-\n      alert.title\n\n      && vars.wrong", 9, 10)]
    public void It_is_where_the_name_stands(string when, int line, int column)
    {
        var result = PlaybookReader.Read("p.yaml", $"id: p\nname: P\nsteps:\n  - wait: 1m\n{when}\n", ReadOptions.Neutral);
        var problem = Assert.Single(result.Problems, problem => problem.Rule == "RSP036");
        Assert.Equal(new SourcePosition(line, column), problem.At);
        Assert.StartsWith($"p.yaml:{line}:{column}: error RSP036: there is no variable `wrong`", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inside_a_value_it_is_in_the_braces()
    {
        var result = PlaybookReader.Read("p.yaml", "id: p\nname: P\nvars: { a: 1 }\nsteps:\n  - set: { a: \"one ${{ vars.a }} two ${{ vars.wrong }}\" }\n", ReadOptions.Neutral);
        Assert.Equal(new SourcePosition(5, 42), Assert.Single(result.Problems, problem => problem.Rule == "RSP036").At);
    }

    [Fact]
    public void Everything_is_said_at_once_in_the_order_of_the_file()
    {
        var result = PlaybookReader.Read("p.yaml", "id: P\nnmae: P\nsteps:\n  - uses: edr.isolate\n  - wait: soon\n  - if: ${{ vars.x }}\n    then: []\n", ReadOptions.Neutral);
        Assert.Null(result.Playbook);
        Assert.Equal(["RSP012", "RSP018", "RSP010", "RSP060", "RSP014", "RSP053", "RSP011"], result.Problems.Select(problem => problem.Rule));
    }
}
