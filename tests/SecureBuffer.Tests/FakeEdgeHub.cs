using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>edgeHub as a sender sees it: a queue, an uplink that can be cut, and a page of metrics. Nothing moves unless told to.</summary>
internal sealed class FakeEdgeHub : HttpMessageHandler, IHubConnection
{
    private readonly List<HubMessage> _queue = [];
    private int _instance = 1;
    private int _sent;
    private int _dropped;

    public HubConnectionState State { get; set; } = HubConnectionState.Connected;

    /// <summary>Whether <see cref="Pump"/> and each send bring the queue to the cloud.</summary>
    public bool IsUplinkOpen { get; set; } = true;

    /// <summary>Whether the metrics can be read.</summary>
    public bool AreMetricsServed { get; set; } = true;

    /// <summary>Served instead of the real page.</summary>
    public string? MetricsInstead { get; set; }

    /// <summary>Messages of others that wait in the same queue.</summary>
    public int ForeignQueue { get; set; }

    /// <summary>Messages that edgeHub will discard on their way up without counting them, from the next on.</summary>
    public int DiscardSilently { get; set; }

    /// <summary>Outcomes of the next sends, instead of acknowledging. What was not acknowledged has been queued all the same.</summary>
    public Queue<SendOutcome> NextOutcomes { get; } = new();

    /// <summary>Everything that was ever given to a send.</summary>
    public List<HubMessage> Given { get; } = [];

    /// <summary>Everything that arrived, in order.</summary>
    public List<HubMessage> Cloud { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, Func<InputMessage, CancellationToken, Task>> Inputs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Func<MethodRequest, CancellationToken, Task<MethodResponse>>> Methods { get; } = new(StringComparer.Ordinal);

    public int Scrapes { get; private set; }

    public int Queued => _queue.Count;

    public void Pump()
    {
        foreach (HubMessage message in IsUplinkOpen ? _queue.ToArray() : [])
        {
            _queue.Remove(message);
            if (DiscardSilently > 0)
            {
                DiscardSilently--;
                continue;
            }

            Cloud.Add(message);
            _sent++;
        }
    }

    /// <summary>A new instance with counters at zero; its queue is on disk, or was in memory.</summary>
    public void Restart(bool keepsQueue)
    {
        _instance++;
        (_sent, _dropped) = (0, 0);
        if (!keepsQueue)
        {
            _queue.Clear();
        }
    }

    public void DropQueue()
    {
        _dropped += _queue.Count;
        _queue.Clear();
    }

    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Outputs.Add(output);
        Given.Add(message);
        SendOutcome outcome = State != HubConnectionState.Connected ? SendOutcome.NotConnected.Instance
            : NextOutcomes.TryDequeue(out SendOutcome? next) ? next : SendOutcome.Acknowledged.Instance;
        if (outcome is SendOutcome.Acknowledged or SendOutcome.Unacknowledged)
        {
            _queue.Add(message);
            Pump();
        }

        return Task.FromResult(outcome);
    }

    public string Metrics()
    {
        const string Common = "iothub=\"hub\",edge_device=\"device\",instance_number=";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# HELP edgehub_client_connect_success_total Connects\n# TYPE edgehub_client_connect_success_total counter\nedgehub_client_connect_success_total{{{Common}\"{_instance}\",id=\"device/SecureBuffer\"}} 1\n");
        text.Append(CultureInfo.InvariantCulture, $"edgehub_messages_sent_total{{{Common}\"{_instance}\",from=\"device/Other\",to=\"upstream\",from_route_output=\"upstream\",to_route_input=\"\",priority=\"1\",ms_telemetry=\"True\"}} 77\n");
        if (_sent > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"edgehub_messages_sent_total{{{Common}\"{_instance}\",from=\"device/SecureBuffer\",to=\"upstream\",from_route_output=\"upstream\",to_route_input=\"\",priority=\"1\",ms_telemetry=\"True\"}} {_sent}\n");
        }

        if (_dropped > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"edgehub_messages_dropped_total{{{Common}\"{_instance}\",reason=\"ttl_expiry\",from=\"device/SecureBuffer\",from_route_output=\"upstream\",ms_telemetry=\"True\"}} {_dropped}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"edgehub_queue_length{{{Common}\"{_instance}\",endpoint=\"iothub\",priority=\"1\",ms_telemetry=\"True\"}} {_queue.Count + ForeignQueue}\n");
        text.Append(CultureInfo.InvariantCulture, $"edgehub_message_size_bytes{{{Common}\"{_instance}\",id=\"device/Other\",quantile=\"0.5\"}} NaN\n");
        return text.ToString();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Scrapes++;
        if (!AreMetricsServed)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        var page = MetricsInstead ?? Metrics();
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(page)) });
    }

    /// <summary>Times that somebody wanted another connection.</summary>
    public int Reconnects { get; private set; }

    public bool Reconnect()
    {
        Reconnects++;
        return State == HubConnectionState.Connected;
    }

    public void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler) => Inputs.Add(input, handler);

    public void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler) => Methods.Add(method, handler);

    /// <summary>Takes the desired properties; null while nobody wants them.</summary>
    public Func<DesiredProperties, CancellationToken, Task>? Desired { get; private set; }

    public Task RunAsync(CancellationToken stop) => new TaskCompletionSource().Task.WaitAsync(stop);

    public Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken) =>
        Task.FromResult<ReportOutcome>(ReportOutcome.Accepted.Instance);

    public void SeedDesired(DesiredProperties desired)
    {
    }

    public void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler) => Desired = handler;

    public void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler) => throw new NotSupportedException();
}
