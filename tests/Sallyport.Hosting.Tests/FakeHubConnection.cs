using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Hosting.Tests;

/// <summary>A hub that remembers. It answers with the outcomes that a test lined up, and acknowledges everything after them.</summary>
internal sealed class FakeHubConnection : IHubConnection
{
    private Func<DesiredProperties, CancellationToken, Task>? _onDesired;

    public HubConnectionState State { get; private set; } = HubConnectionState.Closed;

    public ConcurrentQueue<SendOutcome> SendOutcomes { get; } = new();

    public ConcurrentQueue<ReportOutcome> ReportOutcomes { get; } = new();

    public ConcurrentQueue<(string Output, HubMessage Message)> Sent { get; } = new();

    public ConcurrentQueue<JsonObject> Reports { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public DesiredProperties? Seeded { get; private set; }

    /// <summary>Signalled at each send and each report.</summary>
    public SemaphoreSlim Heard { get; } = new(0);

    public JsonObject LastConfigurationReport => Reports.Last()["configuration"]!.AsObject();

    public async Task RunAsync(CancellationToken stop)
    {
        Calls.Enqueue("run");
        State = HubConnectionState.Connected;
        var stopped = new TaskCompletionSource();
        await using (stop.Register(stopped.SetResult))
        {
            await stopped.Task;
        }

        State = HubConnectionState.Closed;
        Calls.Enqueue("stopped");
    }

    public bool Reconnect() => true;

    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken)
    {
        Sent.Enqueue((output, message));
        Heard.Release();
        return Task.FromResult(SendOutcomes.TryDequeue(out SendOutcome? outcome) ? outcome : SendOutcome.Acknowledged.Instance);
    }

    public Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken)
    {
        Reports.Enqueue((JsonObject)patch.DeepClone());
        _ = new JsonObject { ["taken"] = patch };
        Heard.Release();
        return Task.FromResult(ReportOutcomes.TryDequeue(out ReportOutcome? outcome) ? outcome : ReportOutcome.Accepted.Instance);
    }

    public void SeedDesired(DesiredProperties desired) => Seeded = desired;

    public void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler) => Calls.Enqueue("input " + input);

    public void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler) =>
        Calls.Enqueue("method " + method);

    public void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler)
    {
        Calls.Enqueue("desired");
        _onDesired = handler;
    }

    public void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler) => Calls.Enqueue("cloud");

    public Task DesireAsync(long version, string json, CancellationToken cancellationToken) =>
        _onDesired!(new DesiredProperties(version, JsonNode.Parse(json)!.AsObject()), cancellationToken);
}
