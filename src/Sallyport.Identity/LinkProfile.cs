using System.Security.Cryptography;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity;

/// <summary>What a peer's certificate must look like on one kind of link. The static instances are all there are.</summary>
public sealed class LinkProfile
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

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

    /// <summary>The Device Provisioning Service: a public certificate for <c>*.azure-devices-provisioning.net</c>, like IoT Hub's.</summary>
    public static LinkProfile ProvisioningService { get; } =
        new("the Device Provisioning Service") { AllowsWildcard = true, RequiresKeyUsage = true };

    /// <summary>A controller or gateway that speaks Modbus inside TLS, certified by the plant's own authority: everything is demanded, but that it lives shortly, because
    /// people certify controllers by hand. It may be a client as well.</summary>
    public static LinkProfile Plc { get; } = new("a PLC") { IsOurs = true, FurtherUsage = ClientUsage };

    /// <summary>A controller with a certificate of others, such as its maker: serverAuth and its name or address in the SAN, often more usages and no key usage.</summary>
    public static LinkProfile ForeignPlc { get; } = new("a PLC with a certificate of others") { Revocation = RevocationPolicy.Require.Instance };

    /// <summary>A device that dials in with a certificate of our own authority, be it the gateway itself: everything is demanded.</summary>
    public static LinkProfile Device { get; } =
        new("a device") { Peer = PeerKind.Client, RequiredUsage = new Oid(ClientUsage, "clientAuth"), IsOurs = true, LongestLife = TimeSpan.FromDays(90) };

    /// <summary>A device that asks an enrolment server for a certificate: with the present one, or with the factory's, which lives long and is good for nothing else.</summary>
    public static LinkProfile EnrollingDevice { get; } =
        new("a device that enrols") { Peer = PeerKind.Client, RequiredUsage = new Oid(ClientUsage, "clientAuth"), IsOurs = true, LongestLife = TimeSpan.FromDays(3650) };

    /// <summary>An enrolment server (EST, RFC 7030) with a certificate of our own authority: everything is demanded.</summary>
    public static LinkProfile EstServer { get; } = new("an EST server") { IsOurs = true, LongestLife = TimeSpan.FromDays(90) };

    /// <summary>Any other server or module with a certificate of our own authority: everything is demanded; it may be a client as well.</summary>
    public static LinkProfile OwnServer { get; } =
        new("a server of our authority") { IsOurs = true, LongestLife = TimeSpan.FromDays(90), FurtherUsage = ClientUsage };

    /// <summary>An issuing or edge authority of our own, looked at by itself, for example before it is added to what is trusted.</summary>
    public static LinkProfile OwnAuthority { get; } =
        new("our authority") { Peer = PeerKind.Authority, RequiredUsage = null, IsOurs = true, LongestLife = TimeSpan.FromDays((5 * 365) + 2) };

    /// <summary>For messages: which link this is.</summary>
    public string Name { get; }

    /// <summary>Whose certificate it is.</summary>
    public PeerKind Peer { get; private init; } = PeerKind.Server;

    /// <summary>The extended key usage that must be spelled out; <c>anyExtendedKeyUsage</c> does not count. Null for an authority.</summary>
    public Oid? RequiredUsage { get; private init; } = new(ServerUsage, "serverAuth");

    /// <summary>Whether a key usage extension must be there. If there is one, it must allow digitalSignature in any case.</summary>
    public bool RequiresKeyUsage { get; private init; }

    /// <summary>Whether <c>*.example</c> in the SAN matches one label of the name.</summary>
    public bool AllowsWildcard { get; private init; }

    /// <summary>Whether our own authority issues it, so that every field of our certificate profiles is demanded: exact usages, key identifiers,
    /// a random serial number, a revocation address, a limited life.</summary>
    public bool IsOurs { get; private init; }

    /// <summary>The longest life that is allowed, besides the five minutes that issuers date back; null for no limit.</summary>
    public TimeSpan? LongestLife { get; private init; }

    /// <summary>What is demanded of revocation lists when nothing was configured.</summary>
    public RevocationPolicy Revocation
    {
        get => field ?? (IsOurs ? RevocationPolicy.Require.Instance : RevocationPolicy.WhenListed.Instance);
        private init;
    }

    /// <summary>Another usage that is allowed beside the required one, where usages are exact.</summary>
    internal string? FurtherUsage { get; private init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
