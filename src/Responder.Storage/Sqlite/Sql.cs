namespace Responder.Storage.Sqlite;

/// <summary>A statement's text. Each connection prepares it once and finds it by number.</summary>
internal sealed class Sql(string text)
{
    private static int _made;

    public string Text { get; } = text;

    public int Number { get; } = Interlocked.Increment(ref _made);
}
