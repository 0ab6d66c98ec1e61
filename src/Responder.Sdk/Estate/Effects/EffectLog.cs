using System.Text;
using System.Text.Json;

namespace Responder.Sdk.Estate;

/// <summary>
/// The effects of a mock estate on disk, one JSON line each, flushed to the device before the effect is answered: what a product did
/// outlives the death of its caller. Several processes may share a folder, as the clients of one tenant do: they take turns, and each reads what
/// the others added. A last line that a kill has torn was never answered and is cut off.
/// </summary>
internal sealed class EffectLog : IDisposable
{
    public const string FileName = "mock-estate.jsonl";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Where the last whole line that is known ends.</summary>
    private long _end;

    private EffectLog(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Opens the log of a data folder and reads what is in it.</summary>
    public static EffectLog Open(string folder, List<EstateEffect> effects)
    {
        System.IO.Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        var log = new EffectLog(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1));
        try
        {
            using var turn = log.Turn();
            log.Learn(effects);
            log._file.SetLength(log._end);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Keeps other processes from writing until it is disposed of.</summary>
    public FileStream Turn()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.ChangeExtension(_path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Adds what is new on disk to what is known.</summary>
    /// <returns>False where the file was begun anew by another process, so that all that was known is gone.</returns>
    public bool Learn(List<EstateEffect> effects)
    {
        var length = _file.Length;
        if (length == _end)
        {
            return true;
        }

        var follows = length > _end && ReadOn(effects, length);
        if (!follows)
        {
            effects.Clear();
            _end = 0;
            ReadOn(effects, _file.Length);
        }

        return follows;
    }

    /// <summary>Adds one; in a turn, after <see cref="Learn"/>.</summary>
    public void Append(EstateEffect effect)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(effect, Json.Options), (byte)'\n'];
        try
        {
            // What lies behind the last whole line was torn by a kill: nobody else writes now.
            _file.SetLength(_end);
            _file.Seek(_end, SeekOrigin.Begin);
            _file.Write(line);
            _file.Flush(flushToDisk: true);
            _end += line.Length;
        }
        catch (IOException)
        {
            _file.SetLength(_end);
            throw;
        }
    }

    public void Clear()
    {
        _file.SetLength(0);
        _file.Flush(flushToDisk: true);
        _end = 0;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>False where the lines do not go on from what is known.</summary>
    private bool ReadOn(List<EstateEffect> effects, long length)
    {
        var bytes = new byte[length - _end];
        _file.Seek(_end, SeekOrigin.Begin);
        bytes = bytes[.._file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        var start = 0;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is var size and >= 0)
        {
            try
            {
                var effect = JsonSerializer.Deserialize<EstateEffect>(bytes.AsSpan(start, size), Json.Options)!;
                if (effect.Seq != effects.Count + 1 && effects.Count > 0)
                {
                    return false;
                }

                effects.Add(effect);
            }
            catch (JsonException exception) when (bytes.AsSpan(start + size + 1).IndexOf((byte)'\n') >= 0)
            {
                throw new EstateException(
                    $"{_path}: line {effects.Count + 1} is not an effect ({exception.Message}). Move the file away to begin with a fresh estate: {Encoding.UTF8.GetString(bytes, start, Math.Min(size, 80))}", exception);
            }
            catch (JsonException)
            {
                return true;
            }

            start += size + 1;
            _end += size + 1;
        }

        return true;
    }
}
