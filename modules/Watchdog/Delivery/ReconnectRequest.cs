using System.Collections.Frozen;
using System.Security.Cryptography;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Delivery;

/// <summary>Asks SecureBuffer for another connection: one routed message.</summary>
internal sealed class ReconnectRequest(IHubConnection hub, DeliveryMetrics metrics, DeliveryTale tale, TimeProvider time)
{
    /// <summary>The output.</summary>
    public const string Output = "control";

    private const string Reason = "nothing is delivered although everything says connected";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Asks.</summary>
    /// <returns>Whether edgeHub has the request.</returns>
    public async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [MessageProperties.Schema] = ControlMessage.Schema };
        var message = new HubMessage
        {
            MessageId = SessionId.New(time, RandomNumberGenerator.Fill),
            Body = ControlMessageJson.Encode(new ControlMessage(ControlMessage.Reconnect, Reason)),
            Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
        var outcome = await SendAsync(message, cancellationToken);
        metrics.ReconnectAsked(outcome.Length == 0 ? "sent" : "failed");
        if (outcome.Length == 0)
        {
            tale.AskedReconnect(Reason);
        }
        else
        {
            tale.NotAsked(outcome);
        }

        return outcome.Length == 0;
    }

    // Looks go on meanwhile: nobody waits long for an edgeHub that does not acknowledge.
    private async Task<string> SendAsync(HubMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await hub.SendAsync(Output, message, either.Token) switch
            {
                SendOutcome.Acknowledged => "",
                SendOutcome.NotConnected => "there is no connection to edgeHub",
                SendOutcome.Unacknowledged unacknowledged => unacknowledged.Reason,
                _ => "it is too large",
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "edgeHub does not acknowledge";
        }
    }
}
