using System.Net;

namespace Sallyport.Identity;

/// <summary>What a SAS token is good for: the text of its <c>sr</c> field, already encoded.</summary>
/// <remarks>Ids are encoded twice, as the device SDKs do it: once on their own, once as part of the whole. Form encoding
/// (<c>+</c> for a space, upper-case hexadecimal) as in <see cref="WebUtility.UrlEncode(string)"/>.</remarks>
public static class SasAudience
{
    /// <summary>Audience of a module identity.</summary>
    /// <param name="hubHostName">The IoT hub's name, not the gateway's: edgeHub accepts both, IoT Hub only this.</param>
    /// <param name="deviceId">As registered, not encoded.</param>
    /// <param name="moduleId">As registered, not encoded.</param>
    public static string ForModule(string hubHostName, string deviceId, string moduleId)
    {
        ArgumentException.ThrowIfNullOrEmpty(hubHostName);
        ArgumentException.ThrowIfNullOrEmpty(deviceId);
        ArgumentException.ThrowIfNullOrEmpty(moduleId);
        return WebUtility.UrlEncode(
            $"{hubHostName}/devices/{WebUtility.UrlEncode(deviceId)}/modules/{WebUtility.UrlEncode(moduleId)}");
    }

    /// <summary>Audience of a device identity.</summary>
    /// <param name="hubHostName">The IoT hub's name.</param>
    /// <param name="deviceId">As registered, not encoded.</param>
    public static string ForDevice(string hubHostName, string deviceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(hubHostName);
        ArgumentException.ThrowIfNullOrEmpty(deviceId);
        return WebUtility.UrlEncode($"{hubHostName}/devices/{WebUtility.UrlEncode(deviceId)}");
    }
}
