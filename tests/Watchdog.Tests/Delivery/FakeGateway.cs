using System.Net;
using System.Text;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>A gateway that works, and that a test breaks. It lives as long as it is told.</summary>
internal class FakeGateway : HttpMessageHandler
{
    public const string Online = """sallyport_device_state{source="chiller-1",state="online"}""";
    public const string Offline = """sallyport_device_state{source="chiller-1",state="offline"}""";
    public const string Connected = "sallyport_hub_connected";
    public const string Confirmed = """sallyport_buffer_pages_confirmed_total{lane="bulk"}""";
    public const string Depth = """sallyport_buffer_depth{lane="bulk"}""";
    public const string OldestAge = """sallyport_buffer_oldest_age_seconds{lane="bulk"}""";
    public const string Size = """sallyport_buffer_size_bytes{lane="bulk"}""";
    public const string OfflineCount = """edgehub_offline_count_total{id="gw/$edgeHub",ms_telemetry="True"}""";
    public const string OfflineEnded = """edgehub_offline_duration_seconds_count{id="gw/$edgeHub",ms_telemetry="True"}""";
    public const string Queue = """edgehub_queue_length{endpoint="iothub",priority="1",ms_telemetry="True"}""";
    public const string SasRemaining = """sallyport_sas_remaining_seconds{kind="runtime",credential="gw/SecureBuffer"}""";
    public const string Published = """sallyport_outbox_published_total{output="telemetry"}""";
    public const string Frames = """sallyport_device_frames_total{source="chiller-1"}""";

    public FakeGateway()
    {
        foreach (FakeModule module in (ReadOnlySpan<FakeModule>)[Buffer, Reader, Certificates])
        {
            module["sallyport_module_healthy"] = 1;
            module["sallyport_module_memory_bytes"] = 40 << 20;
            module[Connected] = 1;
            module["sallyport_hub_authentication_failures_total"] = 0;
        }

        Reader["sallyport_poll_overruns_total"] = 0;
        Reader[Online] = 1;
        Buffer["""sallyport_buffer_way{way="edgeHub"}"""] = 1;
        Buffer["""sallyport_buffer_uplink{state="open"}"""] = 1;
        Buffer["""sallyport_buffer_uplink{state="disconnected"}"""] = 0;
        Buffer["""sallyport_buffer_storage{lane="bulk",state="disk"}"""] = 1;
        Buffer["sallyport_buffer_max_latency_seconds"] = 10;
        Buffer["""sallyport_buffer_capacity_bytes{lane="bulk"}"""] = 2 << 20;
        Buffer["""sallyport_buffer_records_lost_total{lane="bulk",reason="evicted"}"""] = 0;
        Buffer[SasRemaining] = 3600;
        Buffer[Confirmed] = 0;
        Certificates["""sallyport_certificate_remaining_seconds{kind="device",name="identity",subject="CN=gw",serial="01"}"""] = 60 * 86400;
        Certificates["""sallyport_certificate_life_seconds{kind="device",name="identity",subject="CN=gw",serial="01"}"""] = 90 * 86400;
        EdgeHub["""edgehub_client_connect_success_total{id="gw/SecureBuffer"}"""] = 1;
        EdgeHub[Queue] = 0;
    }

    public FakeModule Buffer { get; } = new("SecureBuffer");

    public FakeModule Reader { get; } = new("ModbusReader");

    public FakeModule Certificates { get; } = new("CertificateManager");

    public FakeModule EdgeHub { get; } = new("edgeHub");

    /// <summary>Whether pages that are handed over arrive.</summary>
    public bool IsDelivering { get; set; } = true;

    /// <summary>Whether there are frames of the device.</summary>
    public bool AreFramesMade { get; set; } = true;

    /// <summary>Who is asked besides.</summary>
    public List<FakeModule> Others { get; } = [];

    public IEnumerable<FakeModule> All => [Buffer, Reader, Certificates, EdgeHub];

    /// <summary>Time goes by.</summary>
    public void Tick(int seconds)
    {
        if (Reader.IsUp && Reader[Online] is 1)
        {
            Reader[Published] += 20;
            Reader[Frames] += AreFramesMade ? 20 : 0;
            Buffer[Depth] += 20;
            Buffer[Size] += 2000;
        }

        Buffer[OldestAge] = IsDelivering ? Math.Min(Buffer[OldestAge] + seconds, 8) : Buffer[OldestAge] + seconds;
        if (IsDelivering && Buffer[Depth] > 20)
        {
            Buffer[Confirmed]++;
            (Buffer[Depth], Buffer[Size], Buffer[OldestAge]) = (0, 0, 0);
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        FakeModule? module = All.Concat(Others).FirstOrDefault(one => string.Equals(one.Name, request.RequestUri!.Host, StringComparison.OrdinalIgnoreCase));
        if (module is not { IsUp: true })
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        var isHealth = request.RequestUri!.AbsolutePath is "/healthz";
        return Task.FromResult(new HttpResponseMessage(isHealth && !module.Health.Contains("healthy\",", StringComparison.Ordinal) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(isHealth ? module.Health : module.PageInstead ?? module.Page())),
        });
    }
}
