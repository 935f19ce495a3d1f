using Microsoft.Extensions.Logging;

namespace Sallyport.Simulator.Terminal;

/// <summary>Brings the simulator's own log into the report: its life cycle, and warnings of the libraries it uses.</summary>
internal sealed class ReportLoggerProvider(ISimulationReport report) : ILoggerProvider
{
    private const string OwnCategories = "Sallyport.";

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        new ReportLogger(report, categoryName.StartsWith(OwnCategories, StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning);

    /// <inheritdoc />
    public void Dispose()
    {
        // The report outlives the log.
    }

    private sealed class ReportLogger(ISimulationReport report, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var message = formatter(state, exception);
                report.Happened(string.Empty, logLevel, exception is null ? message : $"{message} ({exception.GetType().Name}: {exception.Message})");
            }
        }
    }
}
