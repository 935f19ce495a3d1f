using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Says whether a device may come in with a certificate that is good in itself.</summary>
public interface IDeviceRegistry
{
    /// <summary>The device's standing now. Must answer at once.</summary>
    DeviceStanding Judge(string deviceId, X509Certificate2 certificate);
}
