namespace Sallyport.Posture.Report;

/// <summary>A swap area.</summary>
/// <param name="Device">Its device or file.</param>
/// <param name="IsEncrypted">Whether it lies on dm-crypt, or in memory (zram).</param>
public sealed record SwapArea(string Device, bool IsEncrypted);
