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
    public double? Confirmed => buffer.Sum("sallyport_buffer_pages_confirmed_total");

    /// <summary>Records lost, each covered by a gap record.</summary>
    public double? Lost => buffer.Sum("sallyport_buffer_records_lost_total");

    /// <summary>Records whose delivery is not proven.</summary>
    public double Waiting => buffer.Sum("sallyport_buffer_depth") ?? 0;

    /// <summary>Bytes of the bulk lane.</summary>
    public double? Size => buffer.Sum("sallyport_buffer_size_bytes", "lane", Bulk);

    /// <summary>Bytes at which the oldest page goes.</summary>
    public double? Capacity => buffer.Sum("sallyport_buffer_capacity_bytes", "lane", Bulk);

    /// <summary>0 to 1; NaN when nobody knows.</summary>
    public double UsedShare => Size / Capacity is { } share && double.IsFinite(share) ? Math.Clamp(share, 0, 1) : double.NaN;

    /// <summary>Whether a record is older than the age at which it is to be sent.</summary>
    public bool IsDue => Waiting > 0 && buffer.Of("sallyport_buffer_oldest_age_seconds").Any(lane => lane.Value > (buffer.Sum("sallyport_buffer_max_latency_seconds") ?? UsualLatency));

    /// <summary>Messages that edgeHub has for IoT Hub.</summary>
    public double? Queued => edgeHub?.Sum("edgehub_queue_length", "endpoint", "iothub");

    /// <summary>Messages that IoT Hub acknowledged to edgeHub, whoever sent them.</summary>
    public double? Sent => edgeHub?.Sum("edgehub_messages_sent_total", "to", "upstream");

    /// <summary>What the records of a lane rest on, if that is not a disk; null if all is well.</summary>
    public string? StorageTrouble => buffer.States("sallyport_buffer_storage").FirstOrDefault(state => UnsafeStorage.Contains(state, StringComparer.Ordinal));

    /// <summary>SecureBuffer cannot read edgeHub's metrics, so it hands over nothing.</summary>
    public bool IsUnproven => buffer.States("sallyport_buffer_uplink").Contains("unproven", StringComparer.Ordinal);

    /// <summary>Why there is no way to the cloud; null if there is one.</summary>
    public string? Outage
    {
        get
        {
            // On the direct uplink there is a second connection, and edgeHub is not on the way.
            var isDirect = buffer.Of("sallyport_buffer_way", "way", "direct").Any();
            var connected = buffer.Of("sallyport_hub_connected", "link", isDirect ? "direct" : "").Any(link => link.Value is 1);
            if (!connected || buffer.States("sallyport_buffer_uplink").Contains("disconnected", StringComparer.Ordinal))
            {
                return isDirect ? "SecureBuffer has no connection to IoT Hub." : "SecureBuffer has no connection to edgeHub.";
            }

            // edgeHub counts an outage when it begins, and its duration when it is over.
            return !isDirect && (edgeHub?.Sum("edgehub_offline_count_total") ?? 0) > (edgeHub?.Sum("edgehub_offline_duration_seconds_count") ?? 0)
                ? "edgeHub has no connection to IoT Hub."
                : null;
        }
    }
}
