using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Responder.Engine.Journal;

namespace Responder.Storage.Postgres;

/// <summary>Commands with their values in the order of <c>$1, $2, …</c>.</summary>
internal static class PgCommands
{
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
#pragma warning disable CA2100 // Only texts of this project come here.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, string? text) => command.Put(Clean(text), NpgsqlDbType.Text);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, bool value) => command.Put(value, NpgsqlDbType.Boolean);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, int value) => command.Put(value, NpgsqlDbType.Integer);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long value) => command.Put(value, NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long? value) => command.Put(value, NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long[] values) => command.Put(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, long?[] values) => command.Put(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, bool[] values) => command.Put(values, NpgsqlDbType.Array | NpgsqlDbType.Boolean);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, IEnumerable<string> texts) =>
        command.Put(texts.Select(text => Clean(text)!).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    /// <summary>Four lists, side by side: times, types, versions, payloads.</summary>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, IReadOnlyList<StoredEvent> events)
    {
        var (at, type, version, payload) = (new long[events.Count], new string[events.Count], new int[events.Count], new byte[events.Count][]);
        for (var index = 0; index < events.Count; index++)
        {
            var entry = events[index];
            (at[index], type[index], version[index], payload[index]) = (Values.Of(entry.At), entry.Type, entry.Version, Bytes(entry.Payload));
        }

        return command.Put(at, NpgsqlDbType.Array | NpgsqlDbType.Bigint).Put(type, NpgsqlDbType.Array | NpgsqlDbType.Text)
            .Put(version, NpgsqlDbType.Array | NpgsqlDbType.Integer).Put(payload, NpgsqlDbType.Array | NpgsqlDbType.Bytea);
    }

    // PostgreSQL's text takes neither a NUL nor half a surrogate pair.
    private static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var clean = text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
        return clean.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? clean : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean));
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : payload.ToArray();

    private static NpgsqlBatchCommand Put<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }
}
