namespace Sallyport.EtherNetIp.Identity;

/// <summary>A field in which a device is not the configured one.</summary>
/// <param name="Field">Which.</param>
/// <param name="Configured">What the key asks for.</param>
/// <param name="Found">What the device says.</param>
public sealed record KeyDifference(KeyField Field, string Configured, string Found)
{
    /// <summary>For example <c>ProductCode is 90, not 94</c>.</summary>
    public override string ToString() => $"{Field} is {Found}, not {Configured}";
}
