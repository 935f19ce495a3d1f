using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EdgeHub.Metrics;
using Sallyport.Simulator.EdgeHub.Twins;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>edgeHub as its modules see it over MQTT.</summary>
/// <param name="tokens">Judges tokens.</param>
/// <param name="intake">Takes messages.</param>
/// <param name="twins">Answers for twins.</param>
/// <param name="methods">Gets answers to methods.</param>
/// <param name="metrics">Counts clients.</param>
/// <param name="reported">Told after a client reported, to send it on some time.</param>
/// <param name="logger">Gets the life of clients.</param>
internal sealed partial class EdgeHubRole(
    SasCheck tokens,
    MessageIntake intake,
    EdgeTwins twins,
    PendingMethods methods,
    EdgeHubMetrics metrics,
    Action<HubIdentity> reported,
    ILogger logger) : IMqttRole
{
    private readonly ConcurrentDictionary<string, (HubIdentity Identity, string Token)> _clients = new(StringComparer.Ordinal);

    /// <summary>The server that this role speaks through. Set once, before the server starts.</summary>
    public MqttRoleServer? Server { get; set; }

    /// <summary>Everybody who is connected.</summary>
    public IReadOnlyList<HubIdentity> ConnectedClients =>
        Server is { } server ? [.. server.ConnectedClients.Select(IdentityOf)] : [];

    public MqttConnectReasonCode Admit(ConnectAttempt attempt)
    {
        string? fault = FindFault(attempt, out HubIdentity identity);
        if (fault is not null)
        {
            metrics.ConnectFailed(attempt.ClientId);
            LogRefused(attempt.ClientId, fault);
            return MqttConnectReasonCode.NotAuthorized;
        }

        _clients[attempt.ClientId] = (identity, attempt.Password!);
        return MqttConnectReasonCode.Success;
    }

    public void Connected(string clientId)
    {
        metrics.ConnectSucceeded(clientId);
        CountClients();
        LogConnected(clientId);
    }

    public void Disconnected(string clientId)
    {
        metrics.Disconnected(clientId);
        CountClients();
        LogDisconnected(clientId);
    }

    /// <summary>Checks all tokens again and cuts the connections of those that have expired.</summary>
    public void Reauthenticate()
    {
        foreach (string clientId in Server?.ConnectedClients ?? [])
        {
            if (_clients.TryGetValue(clientId, out (HubIdentity Identity, string Token) client)
                && tokens.Judge(client.Token, client.Identity) is SasVerdict.Invalid invalid)
            {
                LogCut(clientId, invalid.Reason);
                _ = Server?.Cut(clientId);
            }
        }
    }

    public PublishAnswer Publish(string clientId, InboundPublish publish)
    {
        HubIdentity identity = IdentityOf(clientId);
        switch (HubRequest.Of(publish.Topic))
        {
            case HubRequest.Telemetry telemetry:
                return intake.Take(identity, telemetry, publish);
            case HubRequest.ReadTwin { RequestId.Length: 0 }:
                return new PublishAnswer.Close("a request for the twin has no id");
            case HubRequest.ReadTwin read:
                return new PublishAnswer.AcknowledgeThen(async () => await AnswerAsync(
                    clientId, HubTopics.TwinResponse(200, read.RequestId), await twins.ReadAsync(identity, CancellationToken.None)));
            case HubRequest.ReportProperties report:
                return new PublishAnswer.AcknowledgeThen(() => ReportAsync(identity, report.RequestId, publish.Payload));
            case HubRequest.AnswerMethod answer:
                methods.Answer(answer, publish.Payload);
                return PublishAnswer.Acknowledge.Instance;
            default:
                LogUnknownTopic(clientId, publish.Topic);
                return PublishAnswer.Acknowledge.Instance;
        }
    }

    /// <summary>Tells a client of changed desired properties, if it is there and wants to know.</summary>
    public async Task SendDesiredAsync(HubIdentity identity, JsonObject patch, CancellationToken cancellationToken)
    {
        if (patch.Count > 0
            && Server is { } server
            && server.Subscriptions.Find(identity.ClientId, HubFeature.DesiredProperties) is { } quality)
        {
            string topic = HubTopics.DesiredPatch(TwinJson.ReadVersion(patch));
            byte[] body = Encoding.UTF8.GetBytes(patch.ToJsonString());
            _ = await server.DeliverAsync(identity.ClientId, topic, body, quality, cancellationToken);
        }
    }

    private HubIdentity IdentityOf(string clientId) => _clients[clientId].Identity;

    private string? FindFault(ConnectAttempt attempt, out HubIdentity identity)
    {
        identity = default;
        if (!HubUserName.TryParse(attempt.UserName, out HubIdentity? named)
            || !string.Equals(named.Value.ClientId, attempt.ClientId, StringComparison.Ordinal))
        {
            return "the user name does not fit the client id";
        }

        identity = named.Value;
        if (string.IsNullOrEmpty(attempt.Password))
        {
            return "it has no token";
        }

        return tokens.Judge(attempt.Password, identity) is SasVerdict.Invalid invalid ? $"its token is refused: {invalid.Reason}" : null;
    }

    // Acknowledged at once and without a version: edgeHub has stored it, IoT Hub gets it later.
    private Task ReportAsync(HubIdentity identity, string requestId, ReadOnlyMemory<byte> payload)
    {
        JsonObject? patch = ReportedPropertiesCheck.Read(payload.Span);
        if (patch is not null)
        {
            twins.Report(identity, patch);
            intake.TakeTwinChange(identity, patch);
            reported(identity);
        }

        return AnswerAsync(identity.ClientId, HubTopics.TwinResponse(patch is null ? 400 : 204, requestId), string.Empty);
    }

    private async Task AnswerAsync(string clientId, string topic, string body)
    {
        if (Server is { } server && server.Subscriptions.Find(clientId, HubFeature.TwinResponses) is { } quality)
        {
            _ = await server.DeliverAsync(clientId, topic, Encoding.UTF8.GetBytes(body), quality, CancellationToken.None);
        }
    }

    private void CountClients() => metrics.ConnectedClients(Server?.ConnectedClients.Count() ?? 0);

    [LoggerMessage(5120, LogLevel.Information, "{ClientId} is connected to edgeHub")]
    private partial void LogConnected(string clientId);

    [LoggerMessage(5121, LogLevel.Information, "{ClientId} is disconnected from edgeHub")]
    private partial void LogDisconnected(string clientId);

    [LoggerMessage(5122, LogLevel.Warning, "edgeHub refuses {ClientId}: {Reason}")]
    private partial void LogRefused(string clientId, string reason);

    [LoggerMessage(5123, LogLevel.Warning, "edgeHub cuts the connection of {ClientId}, whose token is refused now: {Reason}")]
    private partial void LogCut(string clientId, string reason);

    [LoggerMessage(5124, LogLevel.Warning, "A publish of {ClientId} to {Topic} is acknowledged and lost: edgeHub knows no such topic")]
    private partial void LogUnknownTopic(string clientId, string topic);
}
