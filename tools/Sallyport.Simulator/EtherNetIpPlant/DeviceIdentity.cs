namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>Who the device says it is.</summary>
/// <param name="VendorId">1 is Rockwell Automation.</param>
/// <param name="DeviceType">14 is a programmable logic controller.</param>
/// <param name="ProductCode">Product code.</param>
/// <param name="Major">Major revision.</param>
/// <param name="Minor">Minor revision.</param>
/// <param name="SerialNumber">Serial number.</param>
/// <param name="ProductName">Product name, up to 32 characters.</param>
internal sealed record DeviceIdentity(
    ushort VendorId, ushort DeviceType, ushort ProductCode, byte Major, byte Minor, uint SerialNumber, string ProductName);
