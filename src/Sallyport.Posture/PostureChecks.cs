using System.Collections.Immutable;
using Sallyport.Posture.Checks;

namespace Sallyport.Posture;

/// <summary>Every check that there is.</summary>
public static class PostureChecks
{
    /// <summary>In the order in which people read them: connection, keys and data, network, host, containers, disks.</summary>
    public static ImmutableArray<PostureCheck> All { get; } =
    [
        new TlsVersion(),
        new TrustPinned(),
        new HostNameChecked(),
        new CertificateAuthentication(),
        new TokenLife(),
        new DeviceKeyProtection(),
        new DaemonKeyProtection(),
        new BufferEncrypted(),
        new BufferBounded(),
        new FirewallDrops(),
        new FieldRoute(),
        new ClearTextProtocols(),
        new ListeningSockets(),
        new KernelNetwork(),
        new SshSettings(),
        new SshHostKeys(),
        new Passwords(),
        new SecretFiles(),
        new TimeSynchronised(),
        new SwapEncrypted(),
        new CoreDumps(),
        new RuntimeSupported(),
        new AutomaticUpdates(),
        new ContainerRights(),
        new OwnContainer(),
        new ImagesPinned(),
        new EdgeHubVolume(),
        new DiskRoom(),
        new DiskWorn(),
    ];
}
