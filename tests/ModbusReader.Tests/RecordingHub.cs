using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests;

/// <summary>A hub connection that takes everything and remembers it.</summary>
internal sealed class RecordingHub : IHubConnection
{
    public HubConnectionState State => HubConnectionState.Connected;

    /// <summary>What a send ends in.</summary>
    public Func<SendOutcome> Outcome { get; set; } = () => SendOutcome.Acknowledged.Instance;

    public ConcurrentQueue<(string Output, HubMessage Message)> Sent { get; } = new();

    public Dictionary<string, Func<MethodRequest, CancellationToken, Task<MethodResponse>>> Methods { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Func<InputMessage, CancellationToken, Task>> Inputs { get; } = new(StringComparer.Ordinal);

    public bool Reconnect() => true;

    public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

    public Task<SendOutcome> SendAsync(string output, HubMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Sent.Enqueue((output, message));
        return Task.FromResult(Outcome());
    }

    public void OnMethod(string method, Func<MethodRequest, CancellationToken, Task<MethodResponse>> handler) => Methods.Add(method, handler);

    public Task<ReportOutcome> ReportAsync(JsonObject patch, CancellationToken cancellationToken) =>
        Task.FromResult<ReportOutcome>(ReportOutcome.Accepted.Instance);

    public void SeedDesired(DesiredProperties desired)
    {
    }

    public void OnInput(string input, Func<InputMessage, CancellationToken, Task> handler) => Inputs.Add(input, handler);

    public void OnDesired(Func<DesiredProperties, CancellationToken, Task> handler)
    {
    }

    public void OnCloudMessage(Func<HubMessage, CancellationToken, Task> handler)
    {
    }
}
