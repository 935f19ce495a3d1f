using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>Which ring a page belongs to.</summary>
/// <param name="Buffer">Unique; message ids are made of it. A ring in memory is a new one at each start.</param>
/// <param name="Epoch">Number and id of the epoch: <c>1:01JD3S…</c>. A ring in memory has one.</param>
internal sealed record RingIdentity(string Buffer, string Epoch)
{
    public static RingIdentity New(string lane, TimeProvider time, Action<Span<byte>> fillRandom)
    {
        var id = SessionId.New(time, fillRandom);
        return new RingIdentity($"{id}-{lane}", $"1:{id}");
    }
}
