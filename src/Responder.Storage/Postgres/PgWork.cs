using Npgsql;

namespace Responder.Storage.Postgres;

/// <summary>Work of the writer, as PostgreSQL does it: its commands in the group's one round trip, and their results. It may be tried again.</summary>
internal interface IPgWork
{
    /// <summary>The run whose row it writes; null where it writes none that is there.</summary>
    string? RunId => null;

    /// <summary>True where it is an intent, which commits only while no kill switch reaches it.</summary>
    bool IsIntent => false;

    /// <summary>The names of what it must be alone with, from the transaction's beginning to its end.</summary>
    IEnumerable<string> AloneWith => [];

    /// <summary>Adds its commands.</summary>
    /// <param name="batch">The group's.</param>
    /// <param name="now">The time.</param>
    /// <param name="again">True where it was tried before and may be in the database.</param>
    void Bind(NpgsqlBatch batch, DateTimeOffset now, bool again);

    /// <summary>Reads their results, in the same order.</summary>
    void Read(PgResults results);

    /// <summary>Reads what it needs besides, after the commit.</summary>
    void Follow(NpgsqlConnection connection)
    {
    }
}

/// <summary>The results of a group's commands, one after another. Commands without a result have no place here.</summary>
internal sealed class PgResults(NpgsqlDataReader reader)
{
    private bool _first = true;

    public NpgsqlDataReader Reader => reader;

    /// <summary>Goes to the next command's rows.</summary>
    public void Next()
    {
        if (!_first && !reader.NextResult())
        {
            throw new InvalidOperationException("PostgreSQL gave fewer results than commands were sent.");
        }

        _first = false;
    }

    /// <summary>The one row of the next command; false where it gave none.</summary>
    public bool Row()
    {
        Next();
        return reader.Read();
    }

    public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public long? Long(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
