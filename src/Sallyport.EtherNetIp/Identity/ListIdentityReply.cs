using Sallyport.EtherNetIp.CommonPacketFormat;

namespace Sallyport.EtherNetIp.Identity;

/// <summary>The answer to ListIdentity: whose port this is. A communications adapter answers for itself, not for the controller behind it.</summary>
/// <param name="Identity">Who the device is.</param>
/// <param name="State">3 operational, 2 standby, 4 and 5 faulted; 255 if it does not say.</param>
/// <param name="Security">What it says of CIP Security; null if nothing.</param>
/// <remarks>CIP Volume 2, section 2-4.2. The address in the item is not read: behind a router it is another one.</remarks>
public sealed record ListIdentityReply(IdentityObject Identity, byte State, CipSecurityInformation? Security)
{
    private const byte UnknownState = 255;
    private const int VersionAndAddressSize = 18;

    /// <summary>Reads the body of the reply, all its items.</summary>
    /// <returns>False if it is broken or says no identity.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ListIdentityReply? reply)
    {
        reply = null;
        (IdentityObject? identity, byte state, CipSecurityInformation? security) = (null, UnknownState, null);
        if (!PacketItems.TryOf(body, out PacketItems items))
        {
            return false;
        }

        while (items.TryRead(out PacketItem item))
        {
            if (item.Type is ItemType.CipIdentity && identity is null)
            {
                var reader = new ByteReader(item.Data);
                if (!reader.TrySkip(VersionAndAddressSize) || !IdentityObject.TryRead(ref reader, out identity))
                {
                    return false;
                }

                state = reader.TryReadByte(out byte said) ? said : UnknownState;
            }
            else if (item.Type is ItemType.CipSecurityInformation && !CipSecurityInformation.TryRead(item.Data, out security))
            {
                return false;
            }
        }

        reply = identity is null || items.IsBroken ? null : new ListIdentityReply(identity, state, security);
        return reply is not null;
    }
}
