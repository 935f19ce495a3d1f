using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Holds the one line of a connection: opens it when it is needed, and knows when it may be tried again.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A caller may still wait for the semaphore; without a wait handle it holds nothing to release.")]
internal sealed partial class LineHolder(
    ConnectionPlan plan, IRevocationCheck revocation, ModbusMetrics metrics, TimeProvider time, ILogger<LineHolder> logger)
{
    private const string Retired = "connection no longer configured";

    private readonly SemaphoreSlim _opening = new(initialCount: 1, maxCount: 1);
    private readonly HoldOff _holdOff = new(plan.ReconnectPause, time, Jitter.Next);
    private volatile ModbusLine? _line;
    private volatile bool _isRetired;
    private volatile bool _hasServed;
    private long _failedAt;
    private string? _failure;
    private string? _told;
    private bool _hasToldRelaxations;

    /// <summary>The line if it is open, or null.</summary>
    public ModbusLine? Current => _line is { IsOpen: true } line ? line : null;

    /// <summary>Why there is no answer from a device that closes connections instead: the first thing that TLS 1.3 shows of a refused certificate.</summary>
    public string ClosedByDevice { get; } = plan.Endpoint is ModbusEndpoint.Tls
        ? "connection closed by the device, maybe for our certificate"
        : "connection closed by the device";

    /// <summary>Whether there is no line, and no use in waiting for one now.</summary>
    public bool Refuses(out string reason)
    {
        reason = "";
        return Current is null && _holdOff.Refuses(out reason);
    }

    /// <summary>Opens the line, unless another caller just did or just failed.</summary>
    /// <param name="asked">When the caller came; a failure since then is a failure for it too.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The line, or the reason why there is none.</returns>
    public async ValueTask<(ModbusLine? Line, string? Reason)> OpenAsync(long asked, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_isRetired)
            {
                return (null, Retired);
            }

            if (Current is { } open)
            {
                return (open, null);
            }

            if (_failure is not null && _failedAt >= asked)
            {
                // Somebody tried in vain while this caller waited. Trying again for each of them would hold up all.
                return (null, _failure);
            }

            if (_holdOff.Refuses(out string reason))
            {
                return (null, reason);
            }

            return await ConnectAsync(cancellationToken);
        }
        finally
        {
            _holdOff.End();
            _opening.Release();
        }
    }

    /// <summary>Learns from what became of an exchange.</summary>
    public void Ended(ModbusLine line, in ExchangeEnd end)
    {
        if (_hasServed || !ReferenceEquals(line, _line))
        {
            return;
        }

        if (end.How is ExchangeEnd.Kind.Answered)
        {
            (_hasServed, _told) = (true, null);
            _holdOff.Served();
        }
        else if (end.How is ExchangeEnd.Kind.Swallowed && !line.MustNotPipeline)
        {
            Tell(ClosedByDevice);
            _holdOff.Failed(ClosedByDevice);
        }
        else if (end.How is ExchangeEnd.Kind.Broken && !line.MustNotPipeline)
        {
            _holdOff.WasUseless($"wrong {ReadFailure.NameOf(end.Fault!.Fault)} in the reply");
        }
    }

    /// <summary>No line is opened any more.</summary>
    public void Retire() => _isRetired = true;

    /// <summary>Closes the line.</summary>
    public void Close() => _line?.Dispose();

    private async ValueTask<(ModbusLine? Line, string? Reason)> ConnectAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = _holdOff.Begin();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        try
        {
            IWire wire = await WireOpening.OpenAsync(plan, revocation, time, cancellationToken);
            metrics.Connected();
            LogConnected(plan.Name, plan.Endpoint);
            TellRelaxations();
            (_hasServed, _failure) = (false, null);
            var line = new ModbusLine(wire, plan, metrics, time, Closed);
            _line = line;
            return (line, null);
        }
        catch (WireException e)
        {
            metrics.ConnectFailed();
            Tell(e.Message);
            (_failure, _failedAt) = (e.Message, time.GetTimestamp());
            _holdOff.Failed(e.Message);
            return (null, e.Message);
        }
    }

    private void Tell(string reason)
    {
        // A wrong certificate needs somebody to act; once is enough until something changes.
        if (plan.Endpoint is ModbusEndpoint.Tls && reason.Contains("certificate", StringComparison.Ordinal) && !string.Equals(reason, _told, StringComparison.Ordinal))
        {
            _told = reason;
            LogNotTrusted(plan.Name, plan.Endpoint, reason);
        }
        else
        {
            LogCannotConnect(plan.Name, plan.Endpoint, reason);
        }
    }

    private void TellRelaxations()
    {
        foreach (TlsRelaxation relaxation in plan.Tls?.Relaxations ?? [])
        {
            metrics.Relaxed(relaxation);
            if (!_hasToldRelaxations)
            {
                LogRelaxed(plan.Name, plan.Endpoint, ModbusMetrics.WordOf(relaxation));
            }
        }

        _hasToldRelaxations = true;
    }

    private void Closed(string reason)
    {
        metrics.Disconnected();
        _holdOff.Closed();
        LogClosed(plan.Name, reason);
    }

    [LoggerMessage(1100, LogLevel.Information, "Connection {Connection} to {Endpoint} is open")]
    private partial void LogConnected(string connection, ModbusEndpoint endpoint);

    [LoggerMessage(1101, LogLevel.Debug, "Connection {Connection} to {Endpoint}: {Reason}")]
    private partial void LogCannotConnect(string connection, ModbusEndpoint endpoint, string reason);

    [LoggerMessage(1103, LogLevel.Debug, "Connection {Connection} was closed: {Reason}")]
    private partial void LogClosed(string connection, string reason);

    [LoggerMessage(1105, LogLevel.Warning, "Connection {Connection} to {Endpoint} is not used: {Reason}")]
    private partial void LogNotTrusted(string connection, ModbusEndpoint endpoint, string reason);

    [LoggerMessage(1106, LogLevel.Warning, "Connection {Connection} to {Endpoint} was made with less demanded of the device's certificate than could be: {Relaxation}")]
    private partial void LogRelaxed(string connection, ModbusEndpoint endpoint, string relaxation);
}
