namespace Sallyport.Simulator.Mqtt;

/// <summary>A PUBLISH that came from a client.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Payload">A copy of the payload.</param>
/// <param name="IsDuplicate">The DUP flag: the client sends it again.</param>
/// <param name="IsRetained">The RETAIN flag.</param>
internal sealed record InboundPublish(string Topic, ReadOnlyMemory<byte> Payload, bool IsDuplicate, bool IsRetained);
