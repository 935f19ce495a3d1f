namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>Whose rules let a flow pass.</summary>
internal enum FlowBox
{
    /// <summary>The gateway's own.</summary>
    Gateway,

    /// <summary>The zone firewall's between the levels.</summary>
    Conduit,
}
