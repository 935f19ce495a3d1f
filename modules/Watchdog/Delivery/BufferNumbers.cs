using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Delivery;

/// <summary>What SecureBuffer says, and what edgeHub says of the way behind it.</summary>
/// <param name="buffer">SecureBuffer's page.</param>
/// <param name="edgeHub">edgeHub's page; null if there is none.</param>
internal sealed class BufferNumbers(Numbers buffer, Numbers? edgeHub)
{
    private const string Bulk = "bulk";
    private const double UsualLatency = 10;

    private static readonly string[] UnsafeStorage = ["degraded", "memory", "fenced", "decommissioned"];

    /// <summary>New at each start of SecureBuffer.</summary>
    public string Instance => buffer.Instance;

    /// <summary>Pages whose delivery is proven.</summary>
    public double? Confirmed => buffer.Sum(WantedMetric.BufferPagesConfirmed);

    /// <summary>Records lost, each covered by a gap record.</summary>
    public double? Lost => buffer.Sum(WantedMetric.BufferRecordsLost);

    /// <summary>Records whose delivery is not proven.</summary>
    public double Waiting => buffer.Sum(WantedMetric.BufferDepth) ?? 0;

    /// <summary>Bytes of the bulk lane.</summary>
    public double? Size => buffer.Sum(WantedMetric.BufferSize, "lane", Bulk);

    /// <summary>Bytes at which the oldest page goes.</summary>
    public double? Capacity => buffer.Sum(WantedMetric.BufferCapacity, "lane", Bulk);

    /// <summary>0 to 1; NaN when nobody knows.</summary>
    public double UsedShare => Size / Capacity is { } share && double.IsFinite(share) ? Math.Clamp(share, 0, 1) : double.NaN;

    /// <summary>Whether a record is older than the age at which it is to be sent.</summary>
    public bool IsDue => Waiting > 0 && buffer.Of(WantedMetric.BufferOldestAge).Any(lane => lane.Value > (buffer.Sum(WantedMetric.BufferMaxLatency) ?? UsualLatency));

    /// <summary>Messages that edgeHub has for IoT Hub.</summary>
    public double? Queued => edgeHub?.Sum(WantedMetric.EdgeHubQueue, "endpoint", "iothub");

    /// <summary>Messages that IoT Hub acknowledged to edgeHub, whoever sent them.</summary>
    public double? Sent => edgeHub?.Sum(WantedMetric.EdgeHubSent, "to", "upstream");

    /// <summary>What the records of a lane rest on, if that is not a disk; null if all is well.</summary>
    public string? StorageTrouble => buffer.States(WantedMetric.BufferStorage).FirstOrDefault(state => UnsafeStorage.Contains(state, StringComparer.Ordinal));

    /// <summary>SecureBuffer cannot read edgeHub's metrics, so it hands over nothing.</summary>
    public bool IsUnproven => buffer.States(WantedMetric.BufferUplink).Contains("unproven", StringComparer.Ordinal);

    /// <summary>Why there is no way to the cloud; null if there is one.</summary>
    public string? Outage
    {
        get
        {
            // On the direct uplink there is a second connection, and edgeHub is not on the way.
            var isDirect = buffer.Of(WantedMetric.BufferWay, "way", "direct").Any();
            var connected = buffer.Of(WantedMetric.HubConnected, "link", isDirect ? "direct" : "").Any(link => link.Value is 1);
            if (!connected || buffer.States(WantedMetric.BufferUplink).Contains("disconnected", StringComparer.Ordinal))
            {
                return isDirect ? "SecureBuffer has no connection to IoT Hub." : "SecureBuffer has no connection to edgeHub.";
            }

            // edgeHub counts an outage when it begins, and its duration when it is over.
            return !isDirect && (edgeHub?.Sum(WantedMetric.EdgeHubOfflineCount) ?? 0) > (edgeHub?.Sum(WantedMetric.EdgeHubOfflineEnded) ?? 0)
                ? "edgeHub has no connection to IoT Hub."
                : null;
        }
    }
}
