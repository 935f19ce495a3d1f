using System.Security.Cryptography;

namespace Sallyport.Identity;

/// <summary>Keeps a module's last accepted configuration on its volume, so that it can start without the hub. Authenticated with the module's key.</summary>
/// <remarks>What is on the volume may be damaged or planted: it is refused, never trusted, and never throws. An older file of this very module that is put
/// back is not noticed; the hub's next word corrects it. One caller at a time.</remarks>
/// <param name="folder">The module's data folder; made when missing.</param>
/// <param name="key">The module's key.</param>
/// <param name="moduleId">Bound into the MAC: a plan of another module does not fit.</param>
public sealed class PlanStore(string folder, IModuleKey key, string moduleId)
{
    /// <summary>The largest document that is stored, in bytes.</summary>
    public const int MaxDocumentSizeInBytes = 1024 * 1024;

    private readonly string _path = Path.Combine(folder, "plan.bin");

    /// <summary>Replaces the stored plan; durable when it returns.</summary>
    public async Task<PlanSave> SaveAsync(StoredPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Desired.Length > MaxDocumentSizeInBytes)
        {
            return new PlanSave.NotSaved($"The document has {plan.Desired.Length} bytes, more than {MaxDocumentSizeInBytes}.");
        }

        try
        {
            byte[] mac = await key.SignAsync(PlanFile.BytesToSign(moduleId, plan), cancellationToken);
            Directory.CreateDirectory(folder);
            await DurableFile.ReplaceAsync(_path, PlanFile.Write(plan, mac), cancellationToken);
            return PlanSave.Saved.Instance;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModuleKeyException)
        {
            return new PlanSave.NotSaved(e.Message);
        }
    }

    /// <summary>Reads the stored plan and proves that this module wrote it.</summary>
    public async Task<PlanLoad> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            byte[] file = await ReadAsync(cancellationToken);
            if (!PlanFile.TryRead(file, out StoredPlan plan, out ReadOnlyMemory<byte> mac))
            {
                return new PlanLoad.Refused("The stored plan is cut short, too long or not a stored plan.");
            }

            byte[] expected = await key.SignAsync(PlanFile.BytesToSign(moduleId, plan), cancellationToken);
            return CryptographicOperations.FixedTimeEquals(expected, mac.Span)
                ? new PlanLoad.Loaded(plan)
                : new PlanLoad.Refused("The stored plan was changed, or was stored by another module or with another key.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return PlanLoad.Nothing.Instance;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModuleKeyException)
        {
            return new PlanLoad.Refused(e.Message);
        }
    }

    // Bounded by our own limit, whatever length the file system claims. An empty result is refused as cut short.
    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(_path);
        const int limit = MaxDocumentSizeInBytes + PlanFile.OverheadInBytes;
        return stream.Length > limit ? [] : await ReadToEndAsync(stream, (int)stream.Length, cancellationToken);
    }

    private static async Task<byte[]> ReadToEndAsync(FileStream stream, int length, CancellationToken cancellationToken)
    {
        byte[] content = new byte[length];
        int read = await stream.ReadAtLeastAsync(content, length, throwOnEndOfStream: false, cancellationToken);
        return content[..read];
    }
}
