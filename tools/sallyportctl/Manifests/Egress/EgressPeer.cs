namespace Sallyport.Ctl.Manifests.Egress;

/// <summary>Who is reached.</summary>
internal abstract record EgressPeer
{
    private EgressPeer()
    {
    }

    /// <summary>A host that the manifest names.</summary>
    /// <param name="Name">Name or address, in small letters.</param>
    /// <param name="Port">TCP port.</param>
    public sealed record Host(string Name, int Port) : EgressPeer;

    /// <summary>IoT Hub, whose name a gateway has from its provisioning and not from the manifest.</summary>
    public sealed record IotHub : EgressPeer;

    /// <summary>Whoever the certificates name that a module checks.</summary>
    public sealed record RevocationLists : EgressPeer;

    /// <summary>Another module, within the network of the modules.</summary>
    /// <param name="Name">The module.</param>
    /// <param name="Port">TCP port.</param>
    public sealed record Module(string Name, int Port) : EgressPeer;

    /// <summary>A serial line: nobody in a network.</summary>
    /// <param name="Address">As the reader shows it.</param>
    public sealed record SerialLine(string Address) : EgressPeer;

    /// <summary>It cannot be told, a placeholder without a value for one.</summary>
    /// <param name="Text">What stands there.</param>
    /// <param name="Reason">What has to stand there.</param>
    public sealed record Unreadable(string Text, string Reason) : EgressPeer;
}
