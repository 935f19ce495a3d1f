using System.Security.Cryptography;

namespace Sallyport.Identity.Keys;

/// <summary>Keys in files (PKCS#8, PEM) that their owner alone may read: for a laboratory, and for gateways that have nothing better. Who has the disk has the keys, so
/// whoever uses it says so at each start, in the log and in metrics.</summary>
/// <param name="folder">Of its own; made with rights for its owner alone.</param>
public sealed class FileKeyProvider(string folder) : IDeviceKeyProvider, IDisposable
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly OpenKeys _keys = new("file");

    /// <inheritdoc/>
    public string Name => _keys.Provider;

    /// <inheritdoc/>
    public KeyProtection Protection => KeyProtection.File;

    /// <inheritdoc/>
    public int Reopenings => _keys.Reopenings;

    /// <inheritdoc/>
    public bool NeedsRestart => _keys.NeedsRestart;

    /// <inheritdoc/>
    public async Task<KeyOpening> CreateAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        if (File.Exists(PathOf(slot)))
        {
            return new KeyOpening.Refused($"{PathOf(slot)} holds a key already; destroy it first");
        }

        byte[] pem = PrivateKeyPem.NewKey();
        try
        {
            MakeFolder();
            await DurableFile.ReplaceAsync(PathOf(slot), pem, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KeyOpening.Unavailable($"{PathOf(slot)}: {e.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }

        return await OpenAsync(slot, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<KeyOpening> OpenAsync(DeviceKeySlot slot, CancellationToken cancellationToken) => Task.FromResult(Open(slot));

    /// <inheritdoc/>
    public void Forget(DeviceKeySlot slot) => _keys.Close(slot);

    /// <inheritdoc/>
    public Task<KeyDestruction> DestroyAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        _keys.Close(slot);
        try
        {
            Overwrite(PathOf(slot));
            return Task.FromResult<KeyDestruction>(KeyDestruction.Destroyed.Instance);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<KeyDestruction>(new KeyDestruction.Failed($"{PathOf(slot)}: {e.Message}"));
        }
    }

    /// <summary>Forgets the keys; the files stay.</summary>
    public void Dispose() => _keys.Dispose();

    private string PathOf(DeviceKeySlot slot) => Path.Combine(folder, DeviceKeySlots.NameOf(slot) + ".pem");

    private KeyOpening Open(DeviceKeySlot slot)
    {
        string path = PathOf(slot);
        try
        {
            if (!File.Exists(path))
            {
                return KeyOpening.Missing.Instance;
            }

            return PrivateKeyPem.FaultOf(path) is { } fault
                ? new KeyOpening.Refused(fault)
                : _keys.Open(slot, Protection, () => PrivateKeyPem.Read(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KeyOpening.Unavailable($"{path}: {e.Message}");
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
            File.SetUnixFileMode(folder, OwnerOnlyFolder);
        }
    }

    private static void Overwrite(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            file.Write(new byte[file.Length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }
}
