using System.Security.Cryptography;

namespace Sallyport.Identity;

/// <summary>What a server certificate must look like on one kind of link. The static instances are all there are.</summary>
public sealed class LinkProfile
{
    private LinkProfile(string name)
    {
        Name = name;
    }

    /// <summary>edgeHub, certified by the Edge daemon: RSA-2048 or P-256, serverAuth, SAN, often no key usage and no CRL address.</summary>
    /// <remarks>Nothing on the gateway publishes a CRL for it; the certificate lives at most 90 days instead.</remarks>
    public static LinkProfile EdgeHub { get; } = new("edgeHub");

    /// <summary>IoT Hub itself: a public certificate for <c>*.azure-devices.net</c>, with key usage.</summary>
    /// <remarks>Its CRLs are served over HTTP, which a gateway may not reach: only 8883 is open.</remarks>
    public static LinkProfile IotHub { get; } = new("IoT Hub") { AllowsWildcard = true, RequiresKeyUsage = true };

    /// <summary>A controller or gateway that speaks Modbus inside TLS, certified by the plant: serverAuth and its name or address in the SAN.</summary>
    /// <remarks>Plants rarely publish revocation lists where a gateway reaches them; trust ends by taking the root or the date away.</remarks>
    public static LinkProfile Plc { get; } = new("a PLC");

    /// <summary>For messages: which link this is.</summary>
    public string Name { get; }

    /// <summary>The extended key usage that must be spelled out; <c>anyExtendedKeyUsage</c> does not count.</summary>
    public Oid RequiredUsage { get; } = new("1.3.6.1.5.5.7.3.1", "serverAuth");

    /// <summary>Whether a key usage extension must be there. If there is one, it must allow digitalSignature in any case.</summary>
    public bool RequiresKeyUsage { get; private init; }

    /// <summary>Whether <c>*.example</c> in the SAN matches one label of the name.</summary>
    public bool AllowsWildcard { get; private init; }

    /// <summary>Whether the certificate is refused unless it is known not to be revoked. Without a CRL store nothing is known.</summary>
    public bool RequiresRevocation { get; private init; }

    /// <summary>A profile no link uses yet: shows in tests that revocation fails closed.</summary>
    internal static LinkProfile RevocationRequired { get; } = new("revocation required") { RequiresRevocation = true };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
