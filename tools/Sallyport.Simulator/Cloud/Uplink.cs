namespace Sallyport.Simulator.Cloud;

/// <summary>The link between edgeHub and IoT Hub, which can be cut, delayed or made silent.</summary>
internal sealed class Uplink(CloudHub hub, TimeProvider time)
{
    public CloudHub Hub { get; } = hub;

    public UplinkState State { get; private set; }

    /// <summary>How long each message takes on its way. Zero to start with.</summary>
    public TimeSpan Delay { get; set; }

    public DateTimeOffset ChangedAt { get; private set; } = time.GetUtcNow();

    public void Set(UplinkState state)
    {
        State = state;
        ChangedAt = time.GetUtcNow();
    }
}
