using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Formatter;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>How a <see cref="RawClient"/> connects.</summary>
internal sealed record RawConnect
{
    public required HubIdentity Identity { get; init; }

    public required IPAddress Address { get; init; }

    public required X509Certificate2 Root { get; init; }

    public required string UserName { get; init; }

    /// <summary>If it is to differ from the identity.</summary>
    public string? ClientId { get; init; }

    public string? Password { get; init; }

    public X509Certificate2? Certificate { get; init; }

    public bool IsCleanSession { get; init; }

    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V311;
}
