using System.Collections.Immutable;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>Asks several things at once.</summary>
/// <remarks>CIP Volume 1, section 5A-3.5: count, offsets from the count on, requests.</remarks>
public sealed class MultipleServiceRequest : CipRequest
{
    /// <summary>What the packet costs before its first request, in bytes: service, path, count.</summary>
    public const int Overhead = 8;

    /// <summary>What each request costs besides its own bytes.</summary>
    public const int OverheadPerRequest = sizeof(ushort);

    internal MultipleServiceRequest(ImmutableArray<CipRequest> requests)
        : base(CipService.MultipleServicePacket, CipPath.MessageRouter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(requests.Length, nameof(requests));
        DataSize = sizeof(ushort);
        foreach (CipRequest request in requests)
        {
            DataSize += OverheadPerRequest + request.Size;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(DataSize, ushort.MaxValue, nameof(requests));
        Requests = requests;
    }

    /// <summary>What is asked, in this order.</summary>
    public ImmutableArray<CipRequest> Requests { get; }

    internal override int DataSize { get; }

    private protected override void WriteData(ref ByteWriter writer)
    {
        writer.UInt16((ushort)Requests.Length);
        int offset = sizeof(ushort) + (OverheadPerRequest * Requests.Length);
        foreach (CipRequest request in Requests)
        {
            writer.UInt16((ushort)offset);
            offset += request.Size;
        }

        foreach (CipRequest request in Requests)
        {
            request.Write(ref writer);
        }
    }
}
