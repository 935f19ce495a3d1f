using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>Another client, which does not come back by itself.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly X509Certificate2Collection _roots = [];

    private RawClient()
    {
    }

    public static async Task<RawClient> ConnectAsync(Rig rig, string clientId)
    {
        var raw = new RawClient();
        raw._roots.ImportFromPem(rig.Authority.TrustBundle);
        MqttClientOptions options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(clientId)
            .WithTcpServer(rig.Broker.Address.ToString(), 8883)
            .WithTlsOptions(tls => tls.UseTls().WithTrustChain(raw._roots).WithRevocationMode(X509RevocationMode.NoCheck))
            .Build();
        await raw._client.ConnectAsync(options, rig.Over);
        return raw;
    }

    public void Dispose()
    {
        _client.Dispose();
        foreach (X509Certificate2 root in _roots)
        {
            root.Dispose();
        }
    }
}
