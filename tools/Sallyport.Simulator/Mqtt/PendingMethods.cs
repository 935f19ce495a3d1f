using System.Collections.Concurrent;
using MQTTnet.Protocol;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Mqtt;

/// <summary>Direct method calls that wait for their client or for its answer.</summary>
internal sealed class PendingMethods(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<MethodResult>> _calls =
        new(StringComparer.OrdinalIgnoreCase); // edgeHub folds the case of request ids.

    /// <summary>Calls a method: waits for the client if the call allows, then for its answer.</summary>
    /// <returns>The client's answer, 404 if it does not come, 504 if its answer does not.</returns>
    public async Task<MethodResult> InvokeAsync(
        MqttRoleServer server, string clientId, MethodCall call, CancellationToken cancellationToken)
    {
        if (!await WaitForClientAsync(server, clientId, call.ConnectTimeout, cancellationToken))
        {
            return MethodResult.NotConnected;
        }

        string requestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<MethodResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[requestId] = answer;
        using var deadline = new CancellationTokenSource(call.ResponseTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            MqttQualityOfServiceLevel quality =
                server.Subscriptions.Find(clientId, HubFeature.Methods) ?? MqttQualityOfServiceLevel.AtMostOnce;
            Task<DeliveryOutcome> delivery = server.DeliverAsync(
                clientId, HubTopics.MethodCall(call.Name, requestId), call.Payload, quality, either.Token);

            // Some clients answer before they acknowledge the call.
            _ = await Task.WhenAny(answer.Task, delivery);
            return !answer.Task.IsCompleted && await delivery == DeliveryOutcome.NotConnected
                ? MethodResult.NotConnected
                : await answer.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return MethodResult.TimedOut;
        }
        finally
        {
            _ = _calls.TryRemove(requestId, out _);
        }
    }

    /// <summary>Takes a client's answer; one that nobody waits for any more is dropped.</summary>
    public void Answer(HubRequest.AnswerMethod answer, ReadOnlyMemory<byte> payload)
    {
        if (_calls.TryGetValue(answer.RequestId, out TaskCompletionSource<MethodResult>? call))
        {
            _ = call.TrySetResult(new MethodResult(answer.Status, payload));
        }
    }

    private async Task<bool> WaitForClientAsync(
        MqttRoleServer server, string clientId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        bool IsThere() => server.IsConnected(clientId) && server.Subscriptions.Find(clientId, HubFeature.Methods) is not null;

        if (IsThere() || timeout <= TimeSpan.Zero)
        {
            return IsThere();
        }

        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await server.Changed.WaitUntilAsync(IsThere, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
