using System.Security.Cryptography;
using Sallyport.Identity;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Puts points files together in the folder of points files, one at a time. A file appears whole and proved, or not at all.</summary>
/// <remarks>The piece in progress is <c>name.digest.part</c>; a file whose place is taken is kept as <c>name.kept</c>, and one that the plan in force was
/// made of stays there until the plan is another. At most <see cref="MaxFiles"/> files, as many kept ones, and one in progress.</remarks>
internal sealed class PointsImport(PointsFolder folder) : IDisposable
{
    /// <summary>The most files in the folder.</summary>
    public const int MaxFiles = 8;

    private const string PartSuffix = ".part";
    private const int DigitsInName = 16;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Takes a piece.</summary>
    public async Task<ImportOutcome> TakeAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(folder.FullPath);
            return await TakeInTurnAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImportOutcome.Failed(e.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ImportOutcome> TakeInTurnAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var part = new FileInfo(Path.Combine(folder.FullPath, $"{request.Name}.{request.Sha256[..DigitsInName]}{PartSuffix}"));
        long have = part.Exists ? part.Length : 0;
        if (request.Data.IsEmpty)
        {
            return new ImportOutcome.Continue(have);
        }

        if (request.Offset is 0)
        {
            if (!HasRoomFor(request.Name))
            {
                return ImportOutcome.NoRoom.Instance;
            }

            DropParts();
        }
        else if (request.Offset != have)
        {
            return new ImportOutcome.OutOfPlace(have);
        }

        await AppendAsync(part.FullName, request.Data, cancellationToken);
        long next = request.Offset + request.Data.Length;
        return next < request.Size ? new ImportOutcome.Continue(next) : await FinishAsync(part, request, cancellationToken);
    }

    private static async Task AppendAsync(string path, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Append, FileAccess.Write);
        await stream.WriteAsync(data, cancellationToken);
    }

    private async Task<ImportOutcome> FinishAsync(FileInfo part, ImportRequest request, CancellationToken cancellationToken)
    {
        byte[] content = await File.ReadAllBytesAsync(part.FullName, cancellationToken);
        string found = Digest(content);
        if (!string.Equals(found, request.Sha256, StringComparison.Ordinal))
        {
            part.Delete();
            return new ImportOutcome.OtherDigest(found);
        }

        string path = Path.Combine(folder.FullPath, request.Name);
        await KeepAsync(path, found, cancellationToken);
        await DurableFile.ReplaceAsync(path, content, cancellationToken);
        part.Delete();
        return ImportOutcome.Stored.Instance;
    }

    // What the plan in force was made of must outlive the files that come after it: a restart without the hub needs it.
    private async Task KeepAsync(string path, string digest, CancellationToken cancellationToken)
    {
        string kept = PointsFileReference.KeptPathOf(path);
        if (!File.Exists(path) || string.Equals(await DigestOfAsync(path, cancellationToken), digest, StringComparison.Ordinal))
        {
            return;
        }

        if (!File.Exists(kept) || !string.Equals(await DigestOfAsync(kept, cancellationToken), folder.Sha256InUse, StringComparison.Ordinal))
        {
            File.Move(path, kept, overwrite: true);
        }
    }

    private bool HasRoomFor(string name)
    {
        string[] names = [.. Directory.EnumerateFiles(folder.FullPath).Select(path => Path.GetFileName(path)).Where(PointsFileName.IsValid)];
        return names.Length < MaxFiles || names.Contains(name, StringComparer.Ordinal);
    }

    private void DropParts()
    {
        foreach (string path in Directory.EnumerateFiles(folder.FullPath, "*" + PartSuffix))
        {
            File.Delete(path);
        }
    }

    private static async Task<string> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
