using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Reads over one connection or serial line, which it opens when it is needed.</summary>
/// <remarks>The gate lets callers through in the order in which they came, as many as the depth allows. The state machines of a read are pooled: it
/// allocates next to nothing.</remarks>
internal sealed partial class ConnectionMaster(ConnectionPlan plan, LineHolder lines, ModbusMetrics metrics, TimeProvider time, ILogger<ConnectionMaster> logger)
    : IModbusMaster
{
    private readonly DepthGate _gate = new(plan.Depth);

    /// <inheritdoc/>
    public int Depth => _gate.Depth;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOutcome> ReadAsync(byte unitId, ReadRequest request, Memory<byte> data, CancellationToken cancellationToken) =>
        Outcome(await AskAsync(unitId, request, data, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<IdentifyOutcome> IdentifyAsync(byte unitId, CancellationToken cancellationToken)
    {
        var collection = new IdentificationCollection();
        byte[] pdu = new byte[MbapHeader.MaxPduLength];
        while (collection.Next is { } request)
        {
            ExchangeEnd end = await AskAsync(unitId, request, pdu, cancellationToken);
            ReadOutcome outcome = Outcome(end);
            if (outcome is ReadOutcome.Good)
            {
                collection.Add(IdentificationReply.Parse(pdu.AsSpan(0, end.Reply.DataLength)));
            }
            else if (!collection.CanDoWithout(outcome))
            {
                return new IdentifyOutcome.Failed(outcome);
            }
        }

        return new IdentifyOutcome.Identified(collection.Objects);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lines.Retire();
        await _gate.WaitForAllAsync();
        lines.Close();
    }

    private ReadOutcome Outcome(ExchangeEnd end) => end.How switch
    {
        ExchangeEnd.Kind.Answered => end.Reply.Exception is { } code ? new ReadOutcome.Refused(code) : ReadOutcome.Good.Instance,
        ExchangeEnd.Kind.TimedOut => ReadOutcome.TimedOut.Instance,
        ExchangeEnd.Kind.Broken => new ReadOutcome.Broken(end.Fault!.Fault),
        ExchangeEnd.Kind.Torn => new ReadOutcome.Unreachable("connection lost"),
        ExchangeEnd.Kind.Swallowed => new ReadOutcome.Unreachable(lines.ClosedByDevice),
        _ => new ReadOutcome.Unreachable(end.Reason!),
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExchangeEnd> AskAsync(byte unitId, ModbusRequest request, Memory<byte> data, CancellationToken cancellationToken)
    {
        long asked = time.GetTimestamp();
        if (lines.Refuses(out string refusal))
        {
            metrics.Unreachable();
            return ExchangeEnd.Unreachable(refusal);
        }

        await _gate.EnterAsync(cancellationToken);
        try
        {
            long started = time.GetTimestamp();
            ExchangeEnd end = await ExchangeAsync(unitId, request, data, asked, cancellationToken);
            metrics.Ended(end, time.GetElapsedTime(started));
            return end;
        }
        finally
        {
            _gate.Leave();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExchangeEnd> ExchangeAsync(
        byte unitId, ModbusRequest request, Memory<byte> data, long asked, CancellationToken cancellationToken)
    {
        ModbusLine? used = lines.Current;
        bool mayRepeat = request is ReadRequest;
        while (true)
        {
            ModbusLine? line = used;
            if (line is null)
            {
                (line, string? reason) = await lines.OpenAsync(asked, cancellationToken);
                if (line is null)
                {
                    return ExchangeEnd.Unreachable(reason!);
                }
            }

            await line.ReadyAsync();
            ExchangeEnd end = await line.ExchangeAsync(unitId, request, data);
            if (end.How is ExchangeEnd.Kind.Broken)
            {
                LogBroken(plan.Name, unitId, end.Fault!.Message);
            }

            bool pairsBadly = line.MustNotPipeline && _gate.TryNarrow();
            if (pairsBadly)
            {
                metrics.DepthFellBack();
                LogDepthFellBack(plan.Name);
            }

            lines.Ended(line, end);
            if (end.How is not ExchangeEnd.Kind.Swallowed || !mayRepeat || !(line.HasAnswered || line.MustNotPipeline))
            {
                return end;
            }

            // Devices close connections that were quiet for a while, and a reply that matches nothing ends the requests beside it too. Nothing of an
            // answer has come: one new connection makes up for it. Who closes it for being asked for its identification is not asked twice.
            (used, mayRepeat) = (null, false);
            if (_gate.IsTooWide)
            {
                _gate.Leave();
                await _gate.EnterAsync(CancellationToken.None);
            }
        }
    }

    [LoggerMessage(1102, LogLevel.Debug, "Connection {Connection}: unit {UnitId} sent what is not the answer. {Fault}")]
    private partial void LogBroken(string connection, byte unitId, string fault);

    [LoggerMessage(1104, LogLevel.Warning, "Connection {Connection} cannot have several requests on their way: replies came wrong or not at all. One at a time from now on")]
    private partial void LogDepthFellBack(string connection);
}
