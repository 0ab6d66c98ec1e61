using CsCheck;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Language;

public sealed class ReaderPropertyTests
{
    private static readonly string[] Signs =
        ["${{", "}}", "{", "}", "[", "]", "'", "\"", ":", ": ", "#", " #", "\n", "\n  ", "- ", "&a ", "*a", "!x ", "|", ">-", "<<: ", "\t", "\u0000", "\ud800", "\\", "%", "@", "`", "?", ",", "=>", "null", "1e999", "----", "\r", "🙂"];

    private static readonly Gen<string> Piece = Gen.OneOf(Gen.Int[0, Signs.Length - 1].Select(index => Signs[index]), Gen.Char.Array[0, 4].Select(letters => new string(letters)));

    [Fact]
    public void Whatever_the_text_is_reading_answers_with_a_playbook_or_an_error()
    {
        Gen.Select(Gen.Int[0, Fixture.Example.Length], Gen.Int[0, 60], Piece).Array[1, 6].Sample(
            edits =>
            {
                var text = edits.Aggregate(Fixture.Example, (before, edit) =>
                {
                    var at = Math.Min(edit.Item1, before.Length);
                    return before[..at] + edit.Item3 + before[Math.Min(before.Length, at + edit.Item2)..];
                });
                Holds(text);
            },
            iter: 400);
    }

    [Fact]
    public void Lines_that_are_moved_about_never_make_it_throw()
    {
        var lines = Fixture.Example.Split('\n');
        Gen.Int[0, lines.Length - 1].Array[1, 60].Sample(order => Holds(string.Join('\n', order.Select(index => lines[index]))), iter: 300);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("#")]
    [InlineData("[")]
    [InlineData("- - - -")]
    [InlineData("? - a\n: b")]
    [InlineData("steps: *x")]
    [InlineData("steps: {a: b}")]
    [InlineData("id: [a]\nname: {}\nsteps: [1, null, [], {}, {uses: []}, {if: {}, then: 3}, {parallel: []}, {wait: [1]}, {set: x}, {stop: 1}, {switch: a, cases: [b]}]")]
    [InlineData("on: {alert: {when: [], dedupe: 3}, schedule: []}\ninputs: {a: 1, b: {type: [], enum: {}}}\nvars: []\noutputs: 3")]
    public void Odd_texts_are_errors(string text) => Assert.Null(Holds(text).Playbook);

    [Fact]
    public void Deep_and_long_texts_are_refused_and_not_followed()
    {
        Assert.Contains("deep", Holds("a: " + new string('[', 20_000)).Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("characters", Holds(new string('a', 2_000_001)).Problems[0].Message, StringComparison.Ordinal);
    }

    private static ReadResult Holds(string text)
    {
        var result = PlaybookReader.Read("p.yaml", text, ReadOptions.Neutral);
        Assert.Equal(result.Playbook is null, result.Problems.Any(problem => problem.Level == ProblemLevel.Error));
        var lines = text.Count(sign => sign == '\n') + 1;

        // YAML counts more signs as line ends than \n.
        Assert.All(result.Problems, problem => Assert.True(problem.At.Line >= 1 && problem.At.Column >= 1 && problem.At.Line <= lines + text.Length));
        return result;
    }
}
