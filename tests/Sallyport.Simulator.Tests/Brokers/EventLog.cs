using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>Keeps what was logged, and lets a test wait for it.</summary>
internal sealed class EventLog : ILoggerFactory
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Message)> _records = new();
    private readonly ChangeSignal _changed = new();

    /// <summary>Errors that a test must not have caused.</summary>
    public IReadOnlyList<string> Errors =>
        [.. _records.Where(record => record.Level >= LogLevel.Error).Select(record => record.Message)];

    /// <summary>Waits until an event was logged as often as asked, counted from the beginning.</summary>
    public Task WaitForAsync(int id, int times, CancellationToken cancellationToken) =>
        _changed.WaitUntilAsync(() => Count(id) >= times, cancellationToken);

    public int Count(int id) => _records.Count(record => record.Id == id);

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing to release.
    }

    private sealed class Writer(EventLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._records.Enqueue((eventId.Id, logLevel, $"{formatter(state, exception)} {exception}"));
            log._changed.Fire();
        }
    }
}
