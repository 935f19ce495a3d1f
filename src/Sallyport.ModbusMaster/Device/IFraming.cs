using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>How requests and replies stand on a wire. Called under the lock of its line.</summary>
internal interface IFraming
{
    /// <summary>A transaction id that nothing else on this wire has, or that nobody looks at.</summary>
    ushort NextTransactionId();

    /// <summary>Writes a request.</summary>
    /// <returns>How many bytes it has.</returns>
    int Write(in ReadExchange exchange, Span<byte> destination);

    /// <summary>Takes what it can from the beginning of what has come.</summary>
    /// <param name="received">All that has come and was not taken yet.</param>
    /// <param name="pending">The places of the line.</param>
    /// <returns>What it found, and how many bytes of <paramref name="received"/> are done with.</returns>
    /// <exception cref="ModbusProtocolException">A reply to nothing that was asked, or one that does not answer it.</exception>
    FramingStep Take(ReadOnlySpan<byte> received, ReadOnlySpan<PendingExchange> pending);

    /// <summary>A request has had its time.</summary>
    /// <param name="late">Not open any more.</param>
    /// <param name="received">All that has come and was not taken yet.</param>
    ExchangeEnd GiveUp(in ReadExchange late, ReadOnlySpan<byte> received);
}
