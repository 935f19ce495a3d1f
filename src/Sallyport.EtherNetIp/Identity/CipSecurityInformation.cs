namespace Sallyport.EtherNetIp.Identity;

/// <summary>What a device says of CIP Security before anybody connects.</summary>
/// <param name="Profiles">Which security profiles it has.</param>
/// <param name="State">State of its CIP Security object: 0 as from the factory, 1 being configured, 2 configured, 3 incomplete.</param>
/// <param name="EtherNetIpState">State of its EtherNet/IP Security object.</param>
/// <param name="OpenPorts">Which ports are open.</param>
/// <remarks>CIP Volume 8; item 0x86 of ListIdentity.</remarks>
public sealed record CipSecurityInformation(SecurityProfiles Profiles, byte State, byte EtherNetIpState, OpenPorts OpenPorts)
{
    /// <summary>Whether the device can only be reached over TLS, on port 2221.</summary>
    public bool WantsTls => (OpenPorts & (OpenPorts.Tcp44818 | OpenPorts.TlsTcp2221)) == OpenPorts.TlsTcp2221;

    /// <summary>Reads the data of the item.</summary>
    /// <returns>False if it is too short.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out CipSecurityInformation? information)
    {
        var reader = new ByteReader(data);
        information = null;
        if (!reader.TryReadUInt16(out ushort profiles) || !reader.TryReadByte(out byte state)
            || !reader.TryReadByte(out byte etherNetIpState) || !reader.TryReadByte(out byte ports))
        {
            return false;
        }

        information = new CipSecurityInformation((SecurityProfiles)profiles, state, etherNetIpState, (OpenPorts)ports);
        return true;
    }
}
