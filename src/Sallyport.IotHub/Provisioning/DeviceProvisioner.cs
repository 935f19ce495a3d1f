using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MQTTnet;
using Sallyport.Identity;
using Sallyport.IotHub.Environments;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Registers a device at Azure's Device Provisioning Service over MQTT, with an X.509 certificate.</summary>
public sealed class DeviceProvisioner : IDeviceProvisioner
{
    private readonly ProvisioningTarget _target;
    private readonly string _rootsFile;
    private readonly OwnCertificateCheck _check;
    private readonly ProvisioningLimits _limits;
    private readonly TimeProvider _time;
    private readonly Action<ProvisioningStep> _onStep;
    private readonly Func<double> _random;

    /// <summary>Puts it together; nothing is dialled yet.</summary>
    /// <param name="target">Service, scope and device.</param>
    /// <param name="rootsFile">PEM: the only roots that the service's certificate may end in. Read anew for each registration.</param>
    /// <param name="check">Looks for what is wrong with our certificate when it is refused.</param>
    /// <param name="limits">How long to wait.</param>
    /// <param name="time">All clocks and timers.</param>
    /// <param name="onStep">Hears how far it is; returns at once.</param>
    public DeviceProvisioner(
        ProvisioningTarget target,
        string rootsFile,
        OwnCertificateCheck check,
        ProvisioningLimits limits,
        TimeProvider time,
        Action<ProvisioningStep> onStep)
        : this(target, rootsFile, check, limits, time, onStep, HubConnection.Fraction)
    {
    }

    /// <summary>The same with a source of random numbers, from 0 to below 1.</summary>
    internal DeviceProvisioner(
        ProvisioningTarget target,
        string rootsFile,
        OwnCertificateCheck check,
        ProvisioningLimits limits,
        TimeProvider time,
        Action<ProvisioningStep> onStep,
        Func<double> random)
    {
        (_target, _rootsFile, _check, _limits, _time, _onStep, _random) = (target, rootsFile, check, limits, time, onStep, random);
    }

    /// <summary>What the service shows as our kind.</summary>
    public string Product { get; init; } = "Sallyport";

    /// <inheritdoc/>
    public async Task<ProvisioningOutcome> RegisterAsync(ImmutableArray<DeviceCertificate> certificates, CancellationToken cancellationToken)
    {
        if (certificates.IsEmpty)
        {
            throw new ArgumentException("There is no certificate.", nameof(certificates));
        }

        ProvisioningOutcome outcome = ProvisioningOutcome.Disabled.Instance;
        foreach ((int index, DeviceCertificate certificate) in certificates.Index())
        {
            (outcome, string? refusal) = await AttemptAsync(certificate, cancellationToken);
            if (refusal is null)
            {
                break;
            }

            if (index + 1 < certificates.Length)
            {
                _onStep(new ProvisioningStep.FallingBack(refusal));
            }
        }

        return outcome;
    }

    // With what might be cured by another certificate, or null.
    private async Task<(ProvisioningOutcome Outcome, string? Refusal)> AttemptAsync(DeviceCertificate own, CancellationToken stop)
    {
        if (!string.Equals(own.CommonName, _target.RegistrationId, StringComparison.Ordinal))
        {
            return Refused($"the common name of our own {own} is not the registration id '{_target.RegistrationId}': correct one of them");
        }

        TlsChannel? channel = null;
        bool isOpen = false;
        using var deadline = new CancellationTokenSource(_limits.Connect, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            X509Certificate2Collection roots = await RootFile.ReadAsync("rootsFile", _rootsFile, either.Token);
            _onStep(new ProvisioningStep.Connecting(_target.HostText, own.ToString()));
            channel = new TlsChannel(
                _target.Host.Name, _target.Host.Port, roots, new CertificateValidator(LinkProfile.ProvisioningService, roots, _time), own);
            using var session = new ProvisioningSession(channel);
            switch (await session.OpenAsync(_target, Product, either.Token))
            {
                case MqttClientConnectResultCode.Success:
                    break;
                case MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.BadUserNameOrPassword:
                    return Refused($"CONNACK says not authorized: {_check.FindFault(own) ?? OwnCertificateCheck.Advice(own)}");
                case var code:
                    return (new ProvisioningOutcome.Unreachable($"CONNACK says {code}"), null);
            }

            isOpen = true;
            _onStep(ProvisioningStep.Connected.Instance);
            ProvisioningOutcome outcome = await RegisterInTimeAsync(session, own, stop);

            // The service says that the certificate does not do, and not why; our own look at it may know.
            return outcome is ProvisioningOutcome.Unauthorized { Words: var words }
                ? Refused(_check.FindFault(own) is { } fault ? $"{words}: {fault}" : words)
                : (outcome, null);
        }
        catch (EdgeEnvironmentException e)
        {
            return (new ProvisioningOutcome.Unreachable(e.Message), null);
        }
        catch (Exception e) when (BrokerException.IsConnectionFault(e) || e is OperationCanceledException or BrokerException)
        {
            stop.ThrowIfCancellationRequested();
            return !isOpen && deadline.IsCancellationRequested
                ? (new ProvisioningOutcome.Unreachable("no connection in time"), null)
                : Broken(channel, isOpen, e is BrokerException ? e.Message : BrokerException.Describe(e), own);
        }
    }

    private static (ProvisioningOutcome Outcome, string? Refusal) Refused(string words) => (new ProvisioningOutcome.Unauthorized(words), words);

    private (ProvisioningOutcome Outcome, string? Refusal) Broken(TlsChannel? channel, bool isOpen, string words, DeviceCertificate own)
    {
        words = channel?.KeyFault ?? words;
        if (channel?.Refusal is { } refusal)
        {
            return (new ProvisioningOutcome.Unreachable($"it is not trusted ({refusal.Fault}): {refusal.Detail}"), null);
        }

        if (isOpen || channel is not { IsTaken: true })
        {
            return (new ProvisioningOutcome.Unreachable(words), null);
        }

        // Over TLS 1.3 a service that refuses our certificate only closes.
        if (_check.FindFault(own) is { } fault)
        {
            return Refused($"{words}: {fault}");
        }

        string advice = $"{words} before it answered; if that goes on it refuses our certificate: {OwnCertificateCheck.Advice(own)}";
        return (new ProvisioningOutcome.Unreachable(advice), advice);
    }

    private async Task<ProvisioningOutcome> RegisterInTimeAsync(ProvisioningSession session, DeviceCertificate own, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(_limits.Assignment, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            ProvisioningOutcome outcome = await RegisterAsync(session, own, either.Token);
            await session.CloseAsync(either.Token);
            return outcome;
        }
        catch (Exception e) when (
            patience.IsCancellationRequested && !stop.IsCancellationRequested && (BrokerException.IsConnectionFault(e) || e is OperationCanceledException))
        {
            return new ProvisioningOutcome.Unreachable("no assignment in time");
        }
    }

    private async Task<ProvisioningOutcome> RegisterAsync(ProvisioningSession session, DeviceCertificate own, CancellationToken cancellationToken)
    {
        _onStep(new ProvisioningStep.Registering(_target.RegistrationId));
        ProvisioningAnswer answer = await session.AskAsync(ProvisioningTopic.Register, RequestBody(), cancellationToken);
        string operation = "";
        while (true)
        {
            RegistrationAnswer said = RegistrationAnswer.Read(answer.Body);
            TimeSpan wait = WaitOf(answer.RetryAfter);
            bool isBusy = ProvisioningErrors.IsBusy(answer.Status);
            operation = said.OperationId.Length > 0 && !isBusy ? said.OperationId : operation;
            if (isBusy && operation.Length == 0)
            {
                return new ProvisioningOutcome.Busy(answer.Status, ProvisioningErrors.For(answer.Status), wait);
            }

            if (!isBusy && (!IsUnderWay(answer, said) || operation.Length == 0))
            {
                return RegistrationVerdict.Of(answer, said, own);
            }

            _onStep(isBusy ? new ProvisioningStep.Throttled(answer.Status, wait) : new ProvisioningStep.Assigning(operation, wait));
            await Task.Delay(wait, _time, cancellationToken);
            string asked = operation;
            answer = await session.AskAsync(id => ProvisioningTopic.Poll(id, asked), default, cancellationToken);
        }
    }

    private static bool IsUnderWay(ProvisioningAnswer answer, RegistrationAnswer said) =>
        answer.Status == 202 || (answer.Status == 200 && said.Status is "assigning");

    // Up to a fifth longer, so that a fleet that starts at once does not ask at once.
    private TimeSpan WaitOf(TimeSpan? asked)
    {
        TimeSpan wait = asked is { } given && given > _limits.ShortestWait ? given : _limits.ShortestWait;
        return wait + (wait * 0.2 * _random());
    }

    private byte[] RequestBody()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("registrationId", _target.RegistrationId);
            if (!_target.Payload.IsEmpty)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(_target.Payload.Span);
            }

            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
