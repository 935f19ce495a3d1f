namespace Sallyport.Identity.Revocation;

/// <summary>A folder with lists, read whole each time: a list may be replaced at any moment.</summary>
internal sealed class RevocationFolder(string path)
{
    private const int MaxFiles = 256;

    /// <summary>Reads every list in it.</summary>
    /// <param name="onFault">Hears of a file that is no list: its path and a sentence.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<RevocationList>> ReadAsync(Action<string, string> onFault, CancellationToken cancellationToken)
    {
        var lists = new List<RevocationList>();
        foreach (string file in Files(onFault))
        {
            try
            {
                if (new FileInfo(file).Length > RevocationList.MaxSizeInBytes)
                {
                    onFault(file, "It is larger than 10 MiB.");
                    continue;
                }

                byte[] data = await File.ReadAllBytesAsync(file, cancellationToken);
                if (RevocationList.TryRead(data, out RevocationList? list, out string reason))
                {
                    lists.Add(list);
                }
                else
                {
                    onFault(file, reason);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                onFault(file, "It cannot be read.");
            }
        }

        return lists;
    }

    private string[] Files(Action<string, string> onFault)
    {
        try
        {
            string[] files = [.. Directory.EnumerateFiles(path)
                .Where(file => Path.GetExtension(file) is ".crl" or ".pem")
                .Order(StringComparer.Ordinal)
                .Take(MaxFiles + 1)];
            if (files.Length > MaxFiles)
            {
                onFault(path, $"It has more than {MaxFiles} files; those behind them are not read.");
            }

            return files[..Math.Min(files.Length, MaxFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onFault(path, "The folder cannot be read.");
            return [];
        }
    }
}
