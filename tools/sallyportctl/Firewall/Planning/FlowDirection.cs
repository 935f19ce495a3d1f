namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>How a flow passes a box, by the hook of its chain.</summary>
internal enum FlowDirection
{
    /// <summary>It ends there.</summary>
    Input,

    /// <summary>It passes through: on the gateway, from or to a container.</summary>
    Forward,

    /// <summary>It begins there.</summary>
    Output,
}
