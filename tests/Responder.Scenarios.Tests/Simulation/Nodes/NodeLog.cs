using Microsoft.Extensions.Logging;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>Keeps what a node logs: errors are judged, all of it is searched for secrets.</summary>
internal sealed class NodeLog : ILogger
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _errors.Add($"{formatter(state, exception)} {exception}");
        }
    }
}
