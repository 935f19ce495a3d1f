namespace Sallyport.Posture.Report;

/// <summary>Wear of a disk.</summary>
/// <param name="Device">Its name.</param>
/// <param name="UsedPercent">Part of its life that is used, as the disk says; above 100 is possible.</param>
public sealed record DiskWear(string Device, int UsedPercent);
