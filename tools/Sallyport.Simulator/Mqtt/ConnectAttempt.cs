using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Simulator.Mqtt;

/// <summary>What a client said when it connected.</summary>
/// <param name="ClientId">The MQTT client id.</param>
/// <param name="UserName">The user name; empty if there was none.</param>
/// <param name="Password">The password; null if there was none.</param>
/// <param name="Certificate">The client certificate; null if there was none. Not judged yet.</param>
internal sealed record ConnectAttempt(string ClientId, string UserName, string? Password, X509Certificate2? Certificate)
{
    /// <summary>Never prints the password.</summary>
    public override string ToString() => ClientId;
}
