using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Frames of a serial line: one request at a time, its reply found by unit, function and CRC among whatever comes.</summary>
internal sealed class RtuFraming : IFraming
{
    private readonly byte[] _sent = new byte[ReadRequestSerializer.MaxRtuSize];
    private int _sentLength;

    private ReadOnlySpan<byte> Sent => _sent.AsSpan(0, _sentLength);

    /// <inheritdoc/>
    public ushort NextTransactionId() => 0;

    /// <inheritdoc/>
    public int Write(in ReadExchange exchange, Span<byte> destination)
    {
        _sentLength = ReadRequestSerializer.WriteRtu(exchange.UnitId, exchange.Request, _sent);
        Sent.CopyTo(destination);
        return _sentLength;
    }

    /// <inheritdoc/>
    public FramingStep Take(ReadOnlySpan<byte> received, ReadOnlySpan<PendingExchange> pending)
    {
        PendingExchange open = pending[0];
        if (!open.IsOpen)
        {
            return FramingStep.Noise(received.Length);
        }

        var exchange = new RtuExchange(open.Exchange.UnitId, open.Exchange.Request);
        if (exchange.TryFindReply(Sent, received, open.Data.Span, out ReadReply reply, out int skipped))
        {
            // What stands behind the reply belongs to nobody: nothing was asked after it.
            return new FramingStep(received.Length, open, reply, skipped, IsLate: false);
        }

        // More than a frame without a reply in it: the older part can be no beginning of one.
        return received.Length > RtuExchange.MaxFrameLength ? FramingStep.Noise(received.Length - RtuExchange.MaxFrameLength) : FramingStep.NeedMore;
    }

    /// <inheritdoc/>
    public ExchangeEnd GiveUp(in ReadExchange late, ReadOnlySpan<byte> received) =>
        new RtuExchange(late.UnitId, late.Request).HasDamagedReply(Sent, received)
            ? ExchangeEnd.Broken(new ModbusProtocolException(ModbusFault.Checksum, "The reply came with a wrong CRC."))
            : ExchangeEnd.TimedOut;
}
