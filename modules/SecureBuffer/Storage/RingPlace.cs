using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Storage;

/// <summary>Where the rings lie and what wraps their keys.</summary>
/// <param name="folder">Made when missing.</param>
/// <param name="wrappers">The preferred first.</param>
internal sealed class RingPlace(string folder, ImmutableArray<IKeyWrapper> wrappers)
{
    public ImmutableArray<IKeyWrapper> Wrappers => wrappers;

    public string FileOf(string lane) => Path.Combine(folder, $"{lane}.ring");

    public bool Exists(string path) => File.Exists(path);

    /// <summary>Opens the file, or makes it with a size.</summary>
    public DeviceOpening Open(string path, long size)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new DeviceOpening.Failed(new DeviceFault("mkdir", 13));
        }

        DeviceOpening opening = FileDevice.Open(path);
        return opening is DeviceOpening.Absent ? FileDevice.Create(path, size) : opening;
    }
}
