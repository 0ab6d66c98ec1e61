using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace Responder.Storage.Sqlite;

/// <summary>
/// A prepared statement. Values go in as the UTF-8 that they are, without a detour by UTF-16, which is most of what an insert of a document costs.
/// Disposing it gives it back for its next use.
/// </summary>
internal sealed class Statement(Db db, sqlite3_stmt handle) : IDisposable
{
    private int _next = 1;

    public Statement With(long value) => Check(raw.sqlite3_bind_int64(handle, _next++, value));

    public Statement With(long? value) => value is { } there ? With(there) : Null();

    public Statement With(bool value) => With(value ? 1L : 0L);

    public Statement With(DateTimeOffset value) => With(Values.Of(value));

    public Statement With(DateTimeOffset? value) => With(Values.Of(value));

    public Statement With(JsonElement value) => With(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));

    public Statement With(JsonElement? value) => value is { } there ? With(there) : Null();

    public Statement With(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        if (value.Length > 256)
        {
            return With(Encoding.UTF8.GetBytes(value));
        }

        Span<byte> utf8 = stackalloc byte[768];
        return With(utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    /// <summary>Text as UTF-8.</summary>
    public Statement With(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? Check(raw.sqlite3_bind_text(handle, _next++, "")) : Check(raw.sqlite3_bind_text(handle, _next++, utf8));

    public Statement WithBytes(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? Check(raw.sqlite3_bind_zeroblob(handle, _next++, 0)) : Check(raw.sqlite3_bind_blob(handle, _next++, bytes));

    /// <summary>The next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code == raw.SQLITE_ROW || (code == raw.SQLITE_DONE ? false : throw db.Failure(code));
    }

    /// <summary>Runs it to its end and tells how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(db.Handle);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public string Text(int column) => Encoding.UTF8.GetString(Span(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => Span(column).ToArray();

    public JsonElement Json(int column) => JsonSerializer.Deserialize<JsonElement>(Span(column));

    public DateTimeOffset Time(int column) => Values.Time(Long(column));

    public DateTimeOffset? TimeOrNull(int column) => Values.Time(LongOrNull(column));

    public void Dispose()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
        _next = 1;
    }

    public void Close() => handle.Dispose();

    private ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(handle, column);

    private Statement Null() => Check(raw.sqlite3_bind_null(handle, _next++));

    private Statement Check(int code) => code == raw.SQLITE_OK ? this : throw db.Failure(code);
}
