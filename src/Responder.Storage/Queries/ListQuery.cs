using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>A list's query, page by page: conditions are added, the order is a time and an id.</summary>
/// <param name="select">From SELECT to the table.</param>
/// <param name="at">The column of the time.</param>
/// <param name="id">The column of the id.</param>
/// <param name="newestFirst">The direction.</param>
internal sealed class ListQuery(string select, string at, string id, bool newestFirst)
{
    private const int Most = 500;
    private readonly List<string> _where = [];
    private readonly DynamicParameters _values = new();

    public ListQuery Where(string condition)
    {
        _where.Add(condition);
        return this;
    }

    public ListQuery Where(string condition, string name, object? value)
    {
        if (value is not null)
        {
            _where.Add(condition);
            _values.Add(name, value);
        }

        return this;
    }

    /// <summary>Reads a page; a row more than it holds tells whether there is another.</summary>
    public async Task<Page<TItem>> ReadAsync<TRecord, TItem>(
        System.Data.Common.DbConnection connection, int limit, string? cursor, Func<TRecord, TItem> item, Func<TRecord, (long At, string Id)> place)
    {
        var size = Math.Clamp(limit, 1, Most);
        if (Cursor.Read(cursor) is { } after)
        {
            _where.Add($"({at}, {id}) {(newestFirst ? '<' : '>')} (@after_at, @after_id)");
            _values.Add("after_at", after.At);
            _values.Add("after_id", after.Id);
        }

        _values.Add("size", size + 1);
        var records = (await connection.QueryAsync<TRecord>(Text, _values)).AsList();
        var more = records.Count > size;
        return new Page<TItem>(
            [.. records.Take(size).Select(item)],
            more && place(records[size - 1]) is var last ? Cursor.Make(last.At, last.Id) : null);
    }

    public string Text =>
        $"{select}{(_where.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _where))} ORDER BY {at}{Direction}, {id}{Direction} LIMIT @size";

    private string Direction => newestFirst ? " DESC" : "";
}
