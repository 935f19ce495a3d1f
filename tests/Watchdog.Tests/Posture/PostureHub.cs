using System.Text.Json.Nodes;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Tests.Posture;

/// <summary>A hub that remembers reports and methods.</summary>
internal sealed class PostureHub : IHubConnection
{
    public HubConnectionState State => HubConnectionState.Connected;

    public ReportOutcome Outcome { get; set; } = ReportOutcome.Accepted.Instance;

    public List<JsonObject> Reported { get; } = [];

    public Dictionary<string, Func<MethodRequest, CancellationToken, Task<MethodResponse>>> Methods { get; } = new(StringComparer.Ordinal);

    public bool Reconnect() => true;

    public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<SendOutcome>(SendOutcome.Acknowledged.Instance);

    public Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken)
    {
        Reported.Add(patch);
        return Task.FromResult(Outcome);
    }

    public void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler) => Methods.Add(method, handler);

    public void SeedDesired(DesiredProperties desired)
    {
    }

    public void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler)
    {
    }

    public void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler)
    {
    }

    public void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler)
    {
    }
}
