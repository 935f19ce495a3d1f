namespace Sallyport.Identity;

/// <summary>Who a certificate must be for. Closed.</summary>
public abstract record PeerName
{
    private PeerName()
    {
    }

    /// <summary>A server.</summary>
    /// <param name="Name">DNS name or IP address that was dialled.</param>
    public sealed record Host(string Name) : PeerName;

    /// <summary>A client.</summary>
    /// <param name="DeviceId">Must be a DNS name among the subject alternative names, letter by letter. The common name never counts for it.</param>
    public sealed record Device(string DeviceId) : PeerName
    {
        /// <summary>If it is given, the common name must be this: the Device Provisioning Service takes it from there.</summary>
        public string? RegistrationId { get; init; }
    }

    /// <summary>An authority: trusted for its key and chain, whatever it is called.</summary>
    public sealed record Authority : PeerName
    {
        /// <summary>The only instance.</summary>
        public static Authority Instance { get; } = new();
    }
}
