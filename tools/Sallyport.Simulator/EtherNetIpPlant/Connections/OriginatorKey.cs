namespace Sallyport.Simulator.EtherNetIpPlant.Connections;

/// <summary>The three numbers that name a connection for its originator.</summary>
/// <param name="ConnectionSerial">Serial number of the connection.</param>
/// <param name="VendorId">Vendor of the originator.</param>
/// <param name="OriginatorSerial">Serial number of the originator.</param>
internal readonly record struct OriginatorKey(ushort ConnectionSerial, ushort VendorId, uint OriginatorSerial);
