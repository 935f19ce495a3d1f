using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Modbus TCP: replies are found by their transaction id, also those that come too late.</summary>
/// <param name="ignoresTransactionId">For devices that send any id; then only one request may be on its way.</param>
/// <param name="acceptsUnit0Or255">For devices that answer as unit 0 or 255 whichever unit was asked.</param>
internal sealed class MbapFraming(bool ignoresTransactionId, bool acceptsUnit0Or255) : IFraming
{
    // As many as the line bears time-outs.
    private readonly HashSet<ushort> _tombstones = [];
    private ushort _lastId;

    /// <inheritdoc/>
    public ushort NextTransactionId()
    {
        do
        {
            _lastId++;
        }
        while (_tombstones.Contains(_lastId));

        return _lastId;
    }

    /// <inheritdoc/>
    public int Write(in ReadExchange exchange, Span<byte> destination) => ReadRequestSerializer.WriteTcp(exchange, destination);

    /// <inheritdoc/>
    public FramingStep Take(ReadOnlySpan<byte> received, ReadOnlySpan<PendingExchange> pending)
    {
        if (!MbapHeader.TryRead(received, out MbapHeader header))
        {
            return FramingStep.NeedMore;
        }

        int length = MbapHeader.Size + header.PduLength;
        bool isWhole = received.Length >= length;
        foreach (PendingExchange open in pending)
        {
            if (open.IsOpen && (ignoresTransactionId || open.Exchange.TransactionId == header.TransactionId))
            {
                open.Exchange.Check(header with
                {
                    TransactionId = open.Exchange.TransactionId,
                    UnitId = acceptsUnit0Or255 && header.UnitId is 0 or byte.MaxValue ? open.Exchange.UnitId : header.UnitId,
                });
                return isWhole
                    ? new FramingStep(
                        length, open, ReplyPdu.Read(open.Exchange.Request, received[MbapHeader.Size..length], open.Data.Span), Discarded: 0, IsLate: false)
                    : FramingStep.NeedMore;
            }
        }

        if (!_tombstones.Contains(header.TransactionId))
        {
            throw new ModbusProtocolException(ModbusFault.TransactionId, $"Nothing was asked under transaction {header.TransactionId}.");
        }

        return isWhole ? FramingStep.Late(length) : FramingStep.NeedMore;
    }

    /// <inheritdoc/>
    public ExchangeEnd GiveUp(in ReadExchange late, ReadOnlySpan<byte> received)
    {
        _tombstones.Add(late.TransactionId);
        return ExchangeEnd.TimedOut;
    }
}
