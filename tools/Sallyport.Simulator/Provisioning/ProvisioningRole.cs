using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Provisioning;

/// <summary>The Device Provisioning Service as its devices see it over MQTT.</summary>
internal sealed partial class ProvisioningRole(ProvisioningOptions options, EnrolmentList enrolments, CloudHub hub, TimeProvider time, ILogger logger) : IMqttRole
{
    private readonly ConcurrentDictionary<string, X509Certificate2> _certificates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string RegistrationId, int Asked)> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<int> _faults = new();
    private readonly ConcurrentDictionary<string, JsonNode?> _payloads = new(StringComparer.Ordinal);

    /// <summary>The server that this role speaks through. Set once, before the server starts.</summary>
    public MqttRoleServer? Server { get; set; }

    /// <summary>What devices sent as their custom payload, by registration id.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Payloads => _payloads;

    /// <summary>Has one request answered with an error instead.</summary>
    /// <param name="errorCode">Six digits, such as 429001.</param>
    public void FailNext(int errorCode) => _faults.Enqueue(errorCode);

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
            return MqttConnectReasonCode.NotAuthorized;
        }

        _certificates[attempt.ClientId] = attempt.Certificate!;
        return MqttConnectReasonCode.Success;
    }

    public void Connected(string clientId) => LogConnected(clientId);

    public void Disconnected(string clientId)
    {
        // The service keeps no sessions.
    }

    public PublishAnswer Publish(string clientId, InboundPublish publish)
    {
        ProvisioningRequest? request = ProvisioningRequest.Of(publish.Topic);
        if (request is null)
        {
            return new PublishAnswer.Close($"the provisioning service knows no topic {publish.Topic}");
        }

        if (request is ProvisioningRequest.Register)
        {
            _payloads[clientId] = PayloadOf(publish.Payload);
        }

        return new PublishAnswer.AcknowledgeThen(() => AnswerAsync(clientId, request));
    }

    private static JsonNode? PayloadOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.Span.Trim((byte)' ').IsEmpty ? null : JsonNode.Parse(body.Span)?["payload"]?.DeepClone();
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static string? FindFault(ConnectAttempt attempt) => ProvisioningUserName.TryParse(attempt.UserName) switch
    {
        null => "the user name is none of this service",
        { } name when !string.Equals(name.RegistrationId, attempt.ClientId, StringComparison.Ordinal) => "the client id is not the registration id",
        { } name when !string.Equals(name.IdScope, ProvisioningOptions.IdScope, StringComparison.Ordinal) => "there is no such ID scope",
        _ when !string.IsNullOrEmpty(attempt.Password) => "it has a password",
        _ when attempt.Certificate is null => "it has no certificate",
        { } name when !string.Equals(attempt.Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), name.RegistrationId, StringComparison.Ordinal) =>
            "the common name of its certificate is not the registration id",
        _ => null,
    };

    private Task AnswerAsync(string clientId, ProvisioningRequest request)
    {
        if (_faults.TryDequeue(out int code))
        {
            return SendErrorAsync(clientId, request, code);
        }

        switch (request)
        {
            case ProvisioningRequest.Poll poll when _operations.TryGetValue(poll.OperationId, out (string RegistrationId, int Asked) operation)
                && string.Equals(operation.RegistrationId, clientId, StringComparison.Ordinal):
                _operations[poll.OperationId] = (clientId, operation.Asked + 1);
                return operation.Asked < options.Waits ? SendWaitAsync(clientId, request, poll.OperationId) : SendEndAsync(clientId, request, poll.OperationId);
            case ProvisioningRequest.Poll:
                return SendErrorAsync(clientId, request, 404_000);
            default:
                string id = $"4.{Guid.NewGuid():N}.{Guid.NewGuid()}";
                _operations[id] = (clientId, 1);
                return options.Waits > 0 ? SendWaitAsync(clientId, request, id) : SendEndAsync(clientId, request, id);
        }
    }

    private Task SendWaitAsync(string clientId, ProvisioningRequest request, string operationId) =>
        SendAsync(clientId, request, 202, new JsonObject { ["operationId"] = operationId, ["status"] = "assigning" }, isRetried: true);

    private Task SendEndAsync(string clientId, ProvisioningRequest request, string operationId)
    {
        switch (enrolments.Find(clientId, _certificates[clientId]))
        {
            case EnrolmentVerdict.Found found:
                hub.Provision(found.DeviceId, found.Thumbprint);
                LogAssigned(clientId, hub.HostName, found.DeviceId);
                return SendAsync(clientId, request, 200, RegistrationState.Assigned(operationId, clientId, hub.HostName, found.DeviceId, time.GetUtcNow()));
            case EnrolmentVerdict.Disabled:
                return SendAsync(clientId, request, 200, RegistrationState.Disabled(operationId, clientId, time.GetUtcNow()));
            case EnrolmentVerdict.Foreign:
                return SendErrorAsync(clientId, request, 401_002);
            default:
                return SendErrorAsync(clientId, request, 404_000);
        }
    }

    private Task SendErrorAsync(string clientId, ProvisioningRequest request, int code)
    {
        LogError(clientId, code);
        return SendAsync(clientId, request, code / 1000, RegistrationState.Error(code, time.GetUtcNow()), isRetried: code / 1000 is 429 or >= 500);
    }

    private async Task SendAsync(string clientId, ProvisioningRequest request, int status, JsonObject body, bool isRetried = false)
    {
        if (Server is { } server && server.Subscriptions.Find(clientId, HubFeature.ProvisioningAnswers) is { } quality)
        {
            string retry = isRetried ? string.Create(CultureInfo.InvariantCulture, $"&retry-after={options.RetryAfter}") : "";
            string topic = string.Create(CultureInfo.InvariantCulture, $"$dps/registrations/res/{status}/?$rid={request.RequestId}{retry}");
            _ = await server.DeliverAsync(clientId, topic, Encoding.UTF8.GetBytes(body.ToJsonString()), quality, CancellationToken.None);
        }
    }

    [LoggerMessage(5330, LogLevel.Debug, "{RegistrationId} is connected to the provisioning service")]
    private partial void LogConnected(string registrationId);

    [LoggerMessage(5331, LogLevel.Warning, "The provisioning service refuses {RegistrationId}: {Reason}")]
    private partial void LogRefused(string registrationId, string reason);

    [LoggerMessage(5332, LogLevel.Information, "{RegistrationId} is assigned to {Hub} as {DeviceId}")]
    private partial void LogAssigned(string registrationId, string hub, string deviceId);

    [LoggerMessage(5333, LogLevel.Warning, "The provisioning service answers {RegistrationId} with {Code}")]
    private partial void LogError(string registrationId, int code);
}
