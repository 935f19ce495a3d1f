using System.Text;
using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>A PUBLISH that a client got.</summary>
internal sealed record RawMessage(string Topic, byte[] Payload, int Quality, bool IsDuplicate, Func<Task> AcknowledgeAsync)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public JsonObject Json => JsonNode.Parse(Payload)!.AsObject();
}
