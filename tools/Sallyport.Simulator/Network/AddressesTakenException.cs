namespace Sallyport.Simulator.Network;

/// <summary>No loopback address has the ports of a simulation free.</summary>
internal sealed class AddressesTakenException(int port, string owner)
    : IOException($"Port {port} is taken by {owner}. Stop it, or have it listen on one address only.")
{
    public int Port { get; } = port;
}
