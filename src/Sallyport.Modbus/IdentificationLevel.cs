namespace Sallyport.Modbus;

/// <summary>How much of its description a device is asked for.</summary>
/// <remarks>Modbus Application Protocol Specification V1.1b3, section 6.21. On the wire, the Read Device ID code is one more than the number here.</remarks>
public enum IdentificationLevel
{
    /// <summary>Vendor, product code and revision: every device that knows the function has them.</summary>
    Basic,

    /// <summary>Also the vendor's address, product, model and application names.</summary>
    Regular,

    /// <summary>Also what the vendor chose to add.</summary>
    Extended,
}
