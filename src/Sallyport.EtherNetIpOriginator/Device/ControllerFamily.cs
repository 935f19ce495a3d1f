namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>What kind of controller it is: they differ in what they can do.</summary>
public enum ControllerFamily
{
    /// <summary>Found out from its identity.</summary>
    Auto,

    /// <summary>ControlLogix, CompactLogix and their relatives.</summary>
    Logix,

    /// <summary>Micro820, Micro850, Micro870: no route, small messages, one tag a request.</summary>
    Micro800,
}
