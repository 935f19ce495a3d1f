using System.Security.Cryptography.X509Certificates;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>What a test changes about the usual connection.</summary>
internal sealed record RigOptions
{
    public HubConnectionOptions Connection { get; init; } = new();

    /// <summary>A device on IoT Hub instead of a module on edgeHub.</summary>
    public bool IsDevice { get; init; }

    /// <summary>The host to dial instead of the broker's address.</summary>
    public string? Host { get; init; }

    /// <summary>The roots to trust instead of the broker's.</summary>
    public string? TrustBundle { get; init; }

    public string Credential { get; init; } = Rig.NewKey();

    public Func<TestAuthority, string, X509Certificate2> Certificate { get; init; } = (authority, address) => authority.IssueServer(address);

    /// <summary>The random number that jitter gets.</summary>
    public double Random { get; init; } = 0.5;
}
