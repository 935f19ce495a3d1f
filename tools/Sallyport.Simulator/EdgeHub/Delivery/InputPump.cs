using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.EdgeHub.Delivery;

/// <summary>Delivers the backlog of one module input: one message at a time, again and again until the module acknowledges it.</summary>
/// <param name="module">Whose input it is.</param>
/// <param name="sink">The input.</param>
/// <param name="backlog">What waits for it.</param>
/// <param name="oneAtATime">Shared by all inputs of the module: only one message of the module is in flight.</param>
/// <param name="server">Reaches the module.</param>
/// <param name="metrics">Counts what was acknowledged.</param>
/// <param name="acknowledgementTimeout">How long the module may take.</param>
/// <param name="time">Measures it.</param>
/// <param name="logger">Gets redeliveries.</param>
internal sealed partial class InputPump(
    HubIdentity module,
    RouteSink.ModuleInput sink,
    EndpointBacklog backlog,
    SemaphoreSlim oneAtATime,
    MqttRoleServer server,
    EdgeHubMetrics metrics,
    TimeSpan acknowledgementTimeout,
    TimeProvider time,
    ILogger logger)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await backlog.Changed.WaitUntilAsync(() => backlog.Count > 0, stop);
            await server.Changed.WaitUntilAsync(() => Quality() is not null, stop);
            await oneAtATime.WaitAsync(stop);
            try
            {
                if (backlog.Peek(1, out long priority) is [QueuedMessage next] && await DeliverAsync(next.Message, stop))
                {
                    metrics.Sent(next.Message, 1, module.ClientId, sink.Input, priority);
                    backlog.Remove(next, priority);
                }
            }
            finally
            {
                _ = oneAtATime.Release();
            }
        }
    }

    /// <summary>How to deliver; null while the module is away or deaf.</summary>
    private MqttQualityOfServiceLevel? Quality() =>
        server.IsConnected(module.ClientId) ? server.Subscriptions.Find(module.ClientId, HubFeature.ModuleInputs) : null;

    private async Task<bool> DeliverAsync(RoutedMessage message, CancellationToken stop)
    {
        string bag = PropertyBag.Write(SystemPropertyMap.ForModule(message).Concat(message.Properties));
        string topic = HubTopics.ModuleInput(module.DeviceId, module.ModuleId, sink.Input, bag);
        using var deadline = new CancellationTokenSource(acknowledgementTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            LogDelivering(module.ClientId, sink.Input);
            MqttQualityOfServiceLevel quality = Quality() ?? MqttQualityOfServiceLevel.AtLeastOnce;
            DeliveryOutcome outcome = await server.DeliverAsync(module.ClientId, topic, message.Body, quality, either.Token);
            return outcome is DeliveryOutcome.Acknowledged or DeliveryOutcome.Sent;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            LogRedelivery(module.ClientId, sink.Input, acknowledgementTimeout);
            return false;
        }
    }

    [LoggerMessage(5201, LogLevel.Debug, "Delivering a message to {Module}, input {Input}")]
    private partial void LogDelivering(string module, string input);

    [LoggerMessage(5200, LogLevel.Warning, "{Module} did not acknowledge a message to input {Input} within {Limit}: delivering again")]
    private partial void LogRedelivery(string module, string input, TimeSpan limit);
}
