using Microsoft.Extensions.Logging;
using Responder.Engine.Policy;
using Responder.Playbooks.Language;
using Responder.Playbooks.Policies;
using Responder.Sdk.Catalog;

namespace Responder.Hosting.Catalog;

/// <summary>
/// The policy in force: a file's, read again when it changes. An edit with an error changes nothing: the policy that was good stays, and the problems are told.
/// So does a file that is gone. Without a file the built-in policy holds.
/// </summary>
public sealed partial class PolicyCatalog : IPolicy
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private readonly ActionCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private volatile PolicyStanding _current;
    private (DateTime Written, long Length) _seen;
    private long _lookedAt;

    private PolicyCatalog(string? file, PolicyStanding first, ActionCatalog catalog, TimeProvider time, ILogger log)
    {
        (File, _current, _catalog, _time, _log) = (file, first, catalog, time, log);
        _lookedAt = time.GetTimestamp();
        _seen = file is null ? default : Stamp(file);
    }

    /// <summary>The file; null where the built-in policy holds.</summary>
    public string? File { get; }

    /// <summary>What is in force, and what is wrong with the file as it is now.</summary>
    public PolicyStanding Current
    {
        get
        {
            if (File is { } file && _time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookEvery)
            {
                lock (_lock)
                {
                    if (_time.GetElapsedTime(_lookedAt) >= LookEvery)
                    {
                        Volatile.Write(ref _lookedAt, _time.GetTimestamp());
                        Look(file);
                    }
                }
            }

            return _current;
        }
    }

    /// <inheritdoc/>
    public string Version => Current.Rules.Version;

    /// <inheritdoc/>
    public TimeSpan DefaultGateTime => Current.Rules.DefaultGateTime;

    /// <summary>Opens it.</summary>
    /// <param name="file">The file; null for the built-in policy.</param>
    /// <param name="catalog">Every action there is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For messages.</param>
    /// <exception cref="PolicyException">The file has an error: nothing starts on a policy that nobody meant.</exception>
    public static PolicyCatalog Open(string? file, ActionCatalog catalog, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (file is null)
        {
            return new PolicyCatalog(null, new PolicyStanding(PolicyRules.BuiltIn, time.GetUtcNow(), []), catalog, time, log);
        }

        var read = PolicyFile.Read(file, System.IO.File.ReadAllText(file), catalog);
        return read.Policy is { } policy
            ? new PolicyCatalog(file, new PolicyStanding(new PolicyRules(policy), time.GetUtcNow(), read.Problems), catalog, time, log)
            : throw new PolicyException(read.Problems);
    }

    /// <inheritdoc/>
    public PolicyAnswer Evaluate(PolicyRequest request) => Current.Rules.Evaluate(request);

    private void Look(string file)
    {
        try
        {
            var seen = Stamp(file);
            if (seen == _seen)
            {
                return;
            }

            if (seen == default)
            {
                Gone(_log, file, _current.Rules.Version);
            }
            else
            {
                Take(PolicyFile.Read(file, System.IO.File.ReadAllText(file), _catalog), file);
            }

            _seen = seen;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Unreadable(_log, file, failure.Message, _current.Rules.Version);
        }
    }

    private void Take(PolicyResult read, string file)
    {
        if (read.Policy is { } policy)
        {
            _current = new PolicyStanding(new PolicyRules(policy), _time.GetUtcNow(), read.Problems);
            Loaded(_log, _current.Rules.Version, file);
        }
        else
        {
            _current = _current with { Problems = read.Problems };
            Kept(_log, file, _current.Rules.Version);
        }

        foreach (var problem in read.Problems)
        {
            Problem(_log, problem.ToString());
        }
    }

    private static (DateTime, long) Stamp(string file) => new FileInfo(file) is { Exists: true } info ? (info.LastWriteTimeUtc, info.Length) : default;

    [LoggerMessage(1531, LogLevel.Information, "The policy {Version} is in force, from {File}")]
    private static partial void Loaded(ILogger log, string version, string file);

    [LoggerMessage(1532, LogLevel.Error, "{File} has an error and changes nothing: the policy {Version} stays in force")]
    private static partial void Kept(ILogger log, string file, string version);

    [LoggerMessage(1533, LogLevel.Warning, "The policy: {Problem}")]
    private static partial void Problem(ILogger log, string problem);

    [LoggerMessage(1534, LogLevel.Error, "{File} can't be read ({Reason}): the policy {Version} stays in force")]
    private static partial void Unreadable(ILogger log, string file, string reason, string version);

    [LoggerMessage(1535, LogLevel.Error, "{File} is gone: the policy {Version} stays in force until this program ends, and it will not start again without the file")]
    private static partial void Gone(ILogger log, string file, string version);
}

/// <summary>A policy in force.</summary>
/// <param name="Rules">The policy.</param>
/// <param name="Since">Since when.</param>
/// <param name="Problems">What is wrong with the file as it is now; an error in it means that an older text is in force.</param>
public sealed record PolicyStanding(PolicyRules Rules, DateTimeOffset Since, IReadOnlyList<Problem> Problems)
{
    /// <summary>True where the file as it is now has an error, and an older text holds.</summary>
    public bool IsKept => Problems.Any(problem => problem.Level == ProblemLevel.Error);
}

/// <summary>A policy file has an error; the message is every problem, a line each.</summary>
/// <param name="problems">The problems.</param>
public sealed class PolicyException(IReadOnlyList<Problem> problems) : Exception(string.Join(Environment.NewLine, problems));
