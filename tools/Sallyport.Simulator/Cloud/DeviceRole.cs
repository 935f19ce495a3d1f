using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Cloud;

/// <summary>IoT Hub as its devices see it over MQTT.</summary>
internal sealed partial class DeviceRole(
    CloudHub hub, SasCheck tokens, ClientCertificateCheck certificates, PendingMethods methods, ILogger logger) : IMqttRole
{
    /// <summary>The server that this role speaks through. Set once, before the server starts.</summary>
    public MqttRoleServer? Server { get; set; }

    public MqttConnectReasonCode Admit(ConnectAttempt attempt)
    {
        if (hub.DeviceLinks == UplinkState.Cut)
        {
            return MqttConnectReasonCode.ServerUnavailable;
        }

        string? fault = FindFault(attempt);
        if (fault is not null)
        {
            LogRefused(attempt.ClientId, fault);
        }

        return fault is null ? MqttConnectReasonCode.Success : MqttConnectReasonCode.NotAuthorized;
    }

    public void Connected(string clientId) => LogConnected(clientId);

    public void Disconnected(string clientId) => LogDisconnected(clientId);

    public PublishAnswer Publish(string clientId, InboundPublish publish)
    {
        HubIdentity identity = IdentityOf(clientId);
        switch (HubRequest.Of(publish.Topic))
        {
            case HubRequest.Telemetry telemetry:
                return AcceptTelemetry(identity, telemetry, publish);
            case HubRequest.ReadTwin { RequestId.Length: > 0 } read:
                return new PublishAnswer.AcknowledgeThen(() => AnswerAsync(
                    clientId, HubTopics.TwinResponse(200, read.RequestId), hub.ReadTwin(identity).ToJsonString()));
            case HubRequest.ReportProperties { RequestId.Length: > 0 } report:
                return new PublishAnswer.AcknowledgeThen(() => ReportAsync(identity, report.RequestId, publish.Payload));
            case HubRequest.AnswerMethod answer:
                methods.Answer(answer, publish.Payload);
                return PublishAnswer.Acknowledge.Instance;
            default:
                return new PublishAnswer.Close($"IoT Hub knows no topic {publish.Topic}");
        }
    }

    private static HubIdentity IdentityOf(string clientId)
    {
        string[] parts = clientId.Split('/', 2);
        return new HubIdentity(parts[0], parts.Length > 1 ? parts[1] : string.Empty);
    }

    private string? FindFault(ConnectAttempt attempt)
    {
        if (!HubUserName.TryParse(attempt.UserName, out HubIdentity? named)
            || named is not { } identity
            || !string.Equals(identity.ClientId, attempt.ClientId, StringComparison.Ordinal))
        {
            return "the user name does not fit the client id";
        }

        if (!hub.Identities.TryFind(identity, out _))
        {
            return "there is no such identity";
        }

        if (!string.IsNullOrEmpty(attempt.Password))
        {
            return tokens.Judge(attempt.Password, identity) is SasVerdict.Invalid invalid ? $"its token is refused: {invalid.Reason}" : null;
        }

        return attempt.Certificate is null
            ? "it has neither token nor certificate"
            : certificates.Judge(attempt.Certificate, identity.DeviceId, hub.Identities.FindThumbprint(identity));
    }

    private PublishAnswer AcceptTelemetry(HubIdentity identity, HubRequest.Telemetry telemetry, InboundPublish publish)
    {
        if (identity != new HubIdentity(telemetry.DeviceId, telemetry.ModuleId))
        {
            return new PublishAnswer.Close($"the topic is of {telemetry.DeviceId}/{telemetry.ModuleId}");
        }

        ILookup<bool, KeyValuePair<string, string?>> bag =
            PropertyBag.Parse(telemetry.Bag).DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                .ToLookup(pair => WireProperties.KeptByHub.Contains(pair.Key));
        hub.Accept(new UplinkMessage(
            identity,
            publish.Payload,
            bag[false].ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            bag[true].ToFrozenDictionary(pair => pair.Key, pair => pair.Value ?? string.Empty, StringComparer.Ordinal)));
        return PublishAnswer.Acknowledge.Instance;
    }

    private Task ReportAsync(HubIdentity identity, string requestId, ReadOnlyMemory<byte> payload)
    {
        JsonObject? patch = null;
        try
        {
            patch = JsonNode.Parse(payload.Span) as JsonObject;
        }
        catch (JsonException)
        {
            // Answered with 400, as anything that is no object.
        }

        string topic = patch is null
            ? HubTopics.TwinResponse(400, requestId)
            : HubTopics.TwinResponse(204, requestId, hub.Report(identity, patch));
        return AnswerAsync(identity.ClientId, topic, string.Empty);
    }

    private async Task AnswerAsync(string clientId, string topic, string body)
    {
        if (Server is { } server && server.Subscriptions.Find(clientId, HubFeature.TwinResponses) is { } quality)
        {
            _ = await server.DeliverAsync(clientId, topic, Encoding.UTF8.GetBytes(body), quality, CancellationToken.None);
        }
    }

    [LoggerMessage(5300, LogLevel.Information, "{ClientId} is connected to IoT Hub")]
    private partial void LogConnected(string clientId);

    [LoggerMessage(5301, LogLevel.Information, "{ClientId} is disconnected from IoT Hub")]
    private partial void LogDisconnected(string clientId);

    [LoggerMessage(5302, LogLevel.Warning, "IoT Hub refuses {ClientId}: {Reason}")]
    private partial void LogRefused(string clientId, string reason);
}
