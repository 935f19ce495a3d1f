using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Provisioning;

/// <summary>The Device Provisioning Service: enrolments, and an MQTT server for devices that have no hub yet.</summary>
internal sealed class ProvisioningService : IAsyncDisposable
{
    private readonly ServerCertificate _certificate;
    private readonly ProvisioningRole _role;
    private readonly MqttRoleServer _server;

    public ProvisioningService(ProvisioningOptions options, CertificateAuthority authority, CloudHub hub, TimeProvider time, ILoggerFactory logs)
    {
        ILogger logger = logs.CreateLogger<ProvisioningService>();
        HostName = options.Address.ToString();
        Enrolments = new EnrolmentList(authority.Root, time);
        _role = new ProvisioningRole(options, Enrolments, hub, time, logger);
        _certificate = authority.IssueServer(HostName);
        _server = new MqttRoleServer(new IPEndPoint(options.Address, SimulationAddresses.MqttPort), _certificate, _role, time, logger);
        _role.Server = _server;
    }

    /// <summary>What devices dial.</summary>
    public string HostName { get; }

    /// <summary>Who may register.</summary>
    public EnrolmentList Enrolments { get; }

    /// <summary>What devices sent as their custom payload, by registration id.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Payloads => _role.Payloads;

    /// <summary>Has one request answered with an error instead.</summary>
    /// <param name="errorCode">Six digits, such as 429001.</param>
    public void FailNext(int errorCode) => _role.FailNext(errorCode);

    /// <exception cref="AddressesTakenException">The port is taken.</exception>
    public Task StartAsync() => _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }
}
