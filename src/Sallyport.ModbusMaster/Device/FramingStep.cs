using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>What a framing found in what has come.</summary>
/// <param name="Consumed">Bytes that are done with; 0 if more are needed.</param>
/// <param name="Answered">The exchange whose reply is there, or null.</param>
/// <param name="Reply">The reply to it.</param>
/// <param name="Discarded">How many of the bytes that are done with belonged to nothing that was asked.</param>
/// <param name="IsLate">Whether they were the reply to a request that was given up.</param>
internal readonly record struct FramingStep(int Consumed, PendingExchange? Answered, ReadReply Reply, int Discarded, bool IsLate)
{
    public static FramingStep NeedMore => default;

    public static FramingStep Late(int consumed) => new(consumed, Answered: null, default, Discarded: 0, IsLate: true);

    public static FramingStep Noise(int consumed) => new(consumed, Answered: null, default, Discarded: consumed, IsLate: false);
}
