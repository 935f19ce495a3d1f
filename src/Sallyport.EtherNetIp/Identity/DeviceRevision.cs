using System.Globalization;

namespace Sallyport.EtherNetIp.Identity;

/// <summary>The revision of a device, such as 33.11.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
public readonly record struct DeviceRevision(byte Major, byte Minor)
{
    /// <summary>For example <c>33.11</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
