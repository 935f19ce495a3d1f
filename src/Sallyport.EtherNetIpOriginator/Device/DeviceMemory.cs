using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Planning;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What has been learned of a device. Outlives its sessions, so that nothing that it refused is asked for again; another device begins anew.</summary>
internal sealed class DeviceMemory(ControllerPlan plan)
{
    /// <summary>The size that every device with connections takes, in bytes.</summary>
    public const ushort SmallSize = 504;

    private volatile int _version;
    private volatile SymbolTable? _symbols;

    /// <summary>Another number after each change: what was planned before is planned again.</summary>
    public int Version => _version;

    /// <summary>Who it is; null before it was asked.</summary>
    public IdentityObject? Identity { get; private set; }

    /// <summary>What it can do.</summary>
    public DeviceCapabilities Capabilities { get; private set; } = DeviceCapabilities.Logix with { HasInstanceAddressing = plan.UsesInstanceNumbers };

    /// <summary>The size of connections that is asked for, in bytes.</summary>
    public ushort ConnectionSize { get; private set; } = plan.ConnectionSize;

    /// <summary>Whether it has no connections for us.</summary>
    public bool IsUnconnected { get; private set; } = plan.Unconnected;

    /// <summary>Whether it did not answer ListIdentity, and is not asked again.</summary>
    public bool IsSilentAboutItself { get; set; }

    /// <summary>Its tags, if they are known.</summary>
    public SymbolTable? Symbols => _symbols;

    /// <summary>A session has found out who the device is.</summary>
    public void Meet(IdentityObject identity)
    {
        bool isSame = Identity is { } known && (known.Vendor, known.ProductCode, known.Revision, known.SerialNumber)
            == (identity.Vendor, identity.ProductCode, identity.Revision, identity.SerialNumber);
        Identity = identity;
        if (!isSame)
        {
            Capabilities = plan.Family switch
            {
                ControllerFamily.Logix => DeviceCapabilities.Logix,
                ControllerFamily.Micro800 => DeviceCapabilities.Micro800,
                _ => DeviceCapabilities.Of(identity),
            };
            Capabilities = Capabilities with { HasInstanceAddressing = Capabilities.HasInstanceAddressing && plan.UsesInstanceNumbers };
            (ConnectionSize, IsUnconnected) = (plan.ConnectionSize, plan.Unconnected);
            if (!Capabilities.HasLargeConnections)
            {
                ConnectionSize = Math.Min(ConnectionSize, SmallSize);
            }
        }

        // The program may be another one even if the device is not.
        Forget();
    }

    /// <summary>It takes connections of this size.</summary>
    public void Learn(ushort connectionSize) => ConnectionSize = connectionSize;

    /// <summary>It takes no connection.</summary>
    public void LearnUnconnected() => IsUnconnected = true;

    /// <summary>It cannot do something.</summary>
    public void Learn(DeviceCapabilities capabilities)
    {
        Capabilities = capabilities;
        Changed();
    }

    /// <summary>These are its tags.</summary>
    public void Learn(SymbolTable symbols)
    {
        _symbols = symbols;
        Changed();
    }

    /// <summary>Its tags are not what they were.</summary>
    public void Forget()
    {
        _symbols = null;
        Changed();
    }

    private void Changed() => Interlocked.Increment(ref _version);
}
