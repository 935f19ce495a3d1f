using System.Text;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>A PUBLISH that reached the broker.</summary>
internal sealed record Arrival(string ClientId, string Topic, byte[] Payload, int Quality)
{
    public string Text => Encoding.UTF8.GetString(Payload);
}
