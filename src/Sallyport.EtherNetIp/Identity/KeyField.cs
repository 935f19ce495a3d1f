namespace Sallyport.EtherNetIp.Identity;

/// <summary>What an electronic key compares.</summary>
public enum KeyField
{
    /// <summary>Who made the device.</summary>
    Vendor,

    /// <summary>What kind of device it is.</summary>
    DeviceType,

    /// <summary>Which product it is.</summary>
    ProductCode,

    /// <summary>Its firmware.</summary>
    Revision,

    /// <summary>Which one of its kind it is.</summary>
    SerialNumber,
}
