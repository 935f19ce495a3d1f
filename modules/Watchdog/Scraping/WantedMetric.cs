using System.Collections.Frozen;

namespace Sallyport.Watchdog.Scraping;

/// <summary>The metrics of others that are looked at, by the names that their pages have for them; all else on a page is passed over.</summary>
internal static class WantedMetric
{
    public const string BufferCapacity = "sallyport_buffer_capacity_bytes";
    public const string BufferDepth = "sallyport_buffer_depth";
    public const string BufferDeviceKey = "sallyport_buffer_device_key";
    public const string BufferKeyStepDown = "sallyport_buffer_device_key_step_down";
    public const string BufferMaxLatency = "sallyport_buffer_max_latency_seconds";
    public const string BufferOldestAge = "sallyport_buffer_oldest_age_seconds";
    public const string BufferPagesConfirmed = "sallyport_buffer_pages_confirmed_total";
    public const string BufferRecordsLost = "sallyport_buffer_records_lost_total";
    public const string BufferSize = "sallyport_buffer_size_bytes";
    public const string BufferStorage = "sallyport_buffer_storage";
    public const string BufferUplink = "sallyport_buffer_uplink";
    public const string BufferWay = "sallyport_buffer_way";
    public const string CertificateLife = "sallyport_certificate_life_seconds";
    public const string CertificateRemaining = "sallyport_certificate_remaining_seconds";
    public const string DeviceFrames = "sallyport_device_frames_total";
    public const string DeviceState = "sallyport_device_state";
    public const string HubAuthenticationFailures = "sallyport_hub_authentication_failures_total";
    public const string HubConnected = "sallyport_hub_connected";
    public const string ModuleMemory = "sallyport_module_memory_bytes";
    public const string OutboxPublished = "sallyport_outbox_published_total";
    public const string PollOverruns = "sallyport_poll_overruns_total";
    public const string SasRemaining = "sallyport_sas_remaining_seconds";
    public const string EdgeHubConnectFailed = "edgehub_client_connect_failed_total";
    public const string EdgeHubConnectSucceeded = "edgehub_client_connect_success_total";
    public const string EdgeHubSent = "edgehub_messages_sent_total";
    public const string EdgeHubOfflineCount = "edgehub_offline_count_total";
    public const string EdgeHubOfflineEnded = "edgehub_offline_duration_seconds_count";
    public const string EdgeHubQueue = "edgehub_queue_length";
    public const string EdgeAgentExpected = "edgeAgent_total_time_expected_running_seconds";
    public const string EdgeAgentStarts = "edgeAgent_module_start_total";

    /// <summary>All of them.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        BufferCapacity,
        BufferDepth,
        BufferDeviceKey,
        BufferKeyStepDown,
        BufferMaxLatency,
        BufferOldestAge,
        BufferPagesConfirmed,
        BufferRecordsLost,
        BufferSize,
        BufferStorage,
        BufferUplink,
        BufferWay,
        CertificateLife,
        CertificateRemaining,
        DeviceFrames,
        DeviceState,
        HubAuthenticationFailures,
        HubConnected,
        ModuleMemory,
        OutboxPublished,
        PollOverruns,
        SasRemaining,
        EdgeHubConnectFailed,
        EdgeHubConnectSucceeded,
        EdgeHubSent,
        EdgeHubOfflineCount,
        EdgeHubOfflineEnded,
        EdgeHubQueue,
        EdgeAgentExpected,
        EdgeAgentStarts);
}
