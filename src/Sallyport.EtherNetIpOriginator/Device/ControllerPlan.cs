using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>One controller as the plan describes it.</summary>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Host">The host or address of the device that owns the socket.</param>
/// <param name="Port">The port there.</param>
/// <param name="Route">The way from there to the controller.</param>
public sealed record ControllerPlan(string Name, string Host, int Port, RoutePath Route)
{
    /// <summary>What it must be. With all fields null nothing is compared.</summary>
    public ElectronicKey Key { get; init; } = new();

    /// <summary>What kind of controller it is.</summary>
    public ControllerFamily Family { get; init; }

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many class-3 connections are opened, 1 to 4.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>The size of messages that is asked for first, in bytes.</summary>
    public ushort ConnectionSize { get; init; } = 4000;

    /// <summary>Whether no connection is opened: each request travels alone.</summary>
    public bool Unconnected { get; init; }

    /// <summary>Whether tags with long names may be read by the numbers that the controller gave them. Shorter requests; but a download may give a number to another
    /// tag of the same type, whose value is then told under the wrong name until the list of tags is read again, up to a minute later.</summary>
    public bool UsesInstanceNumbers { get; init; }

    /// <summary>The pause between two requests.</summary>
    public TimeSpan RequestPause { get; init; }
}
