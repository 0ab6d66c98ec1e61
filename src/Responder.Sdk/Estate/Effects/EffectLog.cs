using System.Text;
using System.Text.Json;

namespace Responder.Sdk.Estate;

/// <summary>
/// The effects of a mock estate on disk, one JSON line each, flushed to the device before the effect is answered: what a product did
/// outlives the death of its caller. A last line that a kill has torn was never answered and is cut off.
/// </summary>
internal sealed class EffectLog : IDisposable
{
    public const string FileName = "mock-estate.jsonl";

    private readonly FileStream _file;

    private EffectLog(FileStream file) => _file = file;

    /// <summary>Opens the log of a data folder and reads what is in it.</summary>
    public static EffectLog Open(string folder, List<EstateEffect> effects)
    {
        System.IO.Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
        try
        {
            file.SetLength(Read(file, path, effects));
            file.Seek(0, SeekOrigin.End);
            return new EffectLog(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(EstateEffect effect)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(effect, Json.Options);
        var start = _file.Position;
        try
        {
            _file.Write([.. line, (byte)'\n']);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(start);
            throw;
        }
    }

    public void Clear()
    {
        _file.SetLength(0);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Where the whole lines end.</summary>
    private static long Read(FileStream file, string path, List<EstateEffect> effects)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var start = 0;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is var length and >= 0)
        {
            try
            {
                effects.Add(JsonSerializer.Deserialize<EstateEffect>(bytes.AsSpan(start, length), Json.Options)!);
            }
            catch (JsonException exception) when (bytes.AsSpan(start + length + 1).IndexOf((byte)'\n') >= 0)
            {
                throw new EstateException(
                    $"{path}: line {effects.Count + 1} is not an effect ({exception.Message}). Move the file away to begin with a fresh estate: {Encoding.UTF8.GetString(bytes, start, Math.Min(length, 80))}", exception);
            }
            catch (JsonException)
            {
                return start;
            }

            start += length + 1;
        }

        return start;
    }
}
