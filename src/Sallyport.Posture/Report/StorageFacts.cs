using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>Disks.</summary>
/// <param name="FileSystems">File systems that lie on a disk.</param>
/// <param name="Wear">How worn flash is, where it says so.</param>
public sealed record StorageFacts(ImmutableArray<FileSystemRoom> FileSystems, ImmutableArray<DiskWear> Wear);
