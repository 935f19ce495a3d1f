using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Reads over one TCP connection per endpoint, which it opens when it is needed and closes when it cannot be trusted.</summary>
/// <remarks>The arbiter is a semaphore that lets callers through in the order in which they came. After a time-out or an answer that does
/// not match, the socket is closed: a late reply dies with it. The state machines of a read are pooled: it allocates next to nothing.</remarks>
public sealed partial class TcpModbusMaster(ConnectionPlan plan, ModbusMetrics metrics, TimeProvider time, ILogger<TcpModbusMaster> logger)
    : IModbusMaster
{
    [SuppressMessage("Usage", "CA2213", Justification = "A caller may still wait for it; without a wait handle it holds nothing to release.")]
    private readonly SemaphoreSlim _arbiter = new(initialCount: 1, maxCount: 1);
    private ModbusLine? _line;
    private long _connectFailedAt;
    private ReadOutcome.Unreachable? _connectFailure;
    private bool _isDisposed;

    /// <inheritdoc/>
    public int Depth => 1;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken)
    {
        long asked = time.GetTimestamp();
        await _arbiter.WaitAsync(cancellationToken);
        try
        {
            long started = time.GetTimestamp();
            ReadOutcome outcome = await ReadOnLineAsync(unitId, request, data, asked, cancellationToken);
            metrics.Ended(outcome, time.GetElapsedTime(started));
            return outcome;
        }
        finally
        {
            _arbiter.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _arbiter.WaitAsync(CancellationToken.None);
        _isDisposed = true;
        Close();
        _arbiter.Release();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOutcome> ReadOnLineAsync(
        byte unitId, ReadRequest request, Memory<byte> data, long asked, CancellationToken cancellationToken)
    {
        if (_line is not null)
        {
            try
            {
                return await ExchangeAsync(_line, unitId, request, data);
            }
            catch (EndOfStreamException)
            {
                // Devices close connections that were quiet for a while. That is no failure: one new connection answers it.
                LogClosedByDevice(plan.Name);
                Close();
            }
        }

        if (await ConnectAsync(asked, cancellationToken) is { } failure)
        {
            return failure;
        }

        try
        {
            return await ExchangeAsync(_line!, unitId, request, data);
        }
        catch (EndOfStreamException)
        {
            return Lost("connection closed by the device");
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOutcome> ExchangeAsync(ModbusLine line, byte unitId, ReadRequest request, Memory<byte> data)
    {
        try
        {
            ReadReply reply = await line.ExchangeAsync(unitId, request, data);
            return reply.Exception is { } code ? new ReadOutcome.Refused(code) : ReadOutcome.Good.Instance;
        }
        catch (ModbusProtocolException e)
        {
            LogBroken(plan.Name, unitId, e.Message);
            Close();
            return new ReadOutcome.Broken(e.Fault);
        }
        catch (TimeoutException)
        {
            Close();
            return ReadOutcome.TimedOut.Instance;
        }
        catch (IOException e) when (e is not EndOfStreamException)
        {
            return Lost("connection lost");
        }
    }

    /// <summary>Opens the line.</summary>
    /// <returns>Why that failed, or null.</returns>
    private async ValueTask<ReadOutcome.Unreachable?> ConnectAsync(long asked, CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            return new ReadOutcome.Unreachable("connection no longer configured");
        }

        if (_connectFailure is not null && _connectFailedAt >= asked)
        {
            // Somebody tried in vain while this caller waited for the line. Trying again for each of them would hold up all.
            return _connectFailure;
        }

        try
        {
            _line = await ModbusLine.ConnectAsync(plan, time, cancellationToken);
            _connectFailure = null;
            metrics.Connected();
            LogConnected(plan.Name, plan.Endpoint);
            return null;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            metrics.ConnectFailed();
            string reason = e is SocketException { SocketErrorCode: var code } ? $"cannot connect: {code}" : "cannot connect in time";
            LogCannotConnect(plan.Name, plan.Endpoint, reason);
            _connectFailedAt = time.GetTimestamp();
            return _connectFailure = new ReadOutcome.Unreachable(reason);
        }
    }

    private ReadOutcome.Unreachable Lost(string reason)
    {
        Close();
        return new ReadOutcome.Unreachable(reason);
    }

    private void Close()
    {
        if (_line is not null)
        {
            metrics.Disconnected();
            _line.Dispose();
            _line = null;
        }
    }

    [LoggerMessage(1100, LogLevel.Information, "Connection {Connection} to {Endpoint} is open")]
    private partial void LogConnected(string connection, ModbusEndpoint endpoint);

    [LoggerMessage(1101, LogLevel.Debug, "Connection {Connection} to {Endpoint}: {Reason}")]
    private partial void LogCannotConnect(string connection, ModbusEndpoint endpoint, string reason);

    [LoggerMessage(1102, LogLevel.Debug, "Connection {Connection}: unit {UnitId} sent what is not the answer. {Fault}")]
    private partial void LogBroken(string connection, byte unitId, string fault);

    [LoggerMessage(1103, LogLevel.Debug, "Connection {Connection} was closed by the device between two requests")]
    private partial void LogClosedByDevice(string connection);
}
