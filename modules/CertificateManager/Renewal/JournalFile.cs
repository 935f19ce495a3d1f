using Sallyport.Identity;
using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>The file with the journal: what SecureBuffer reads to know which certificate and which key are the gateway's.</summary>
/// <param name="folder">On a volume. Made when missing.</param>
internal sealed class JournalFile(string folder)
{
    /// <summary>Its name. Others read it, so it never changes.</summary>
    public const string Name = "identity.json";

    private string FilePath => Path.Combine(folder, Name);

    private string BadPath => FilePath + ".bad";

    /// <summary>Reads it. One that cannot be understood is renamed, and stays unreadable over restarts until somebody decides.</summary>
    public JournalLoad Load()
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (!File.Exists(FilePath))
            {
                return File.Exists(BadPath) ? new JournalLoad.Unreadable(BadPath) : new JournalLoad.Loaded(RenewalJournal.New);
            }

            if (new FileInfo(FilePath).Length <= RenewalJournalJson.MaxSizeInBytes && RenewalJournalJson.TryRead(File.ReadAllBytes(FilePath), out RenewalJournal? journal))
            {
                return new JournalLoad.Loaded(journal);
            }

            File.Move(FilePath, BadPath, overwrite: true);
            return new JournalLoad.Unreadable(BadPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new JournalLoad.Unavailable(e.Message);
        }
    }

    /// <summary>Stores it so that it survives a power cut.</summary>
    /// <returns>What is wrong with the disk; null if it is stored.</returns>
    public async Task<string?> StoreAsync(RenewalJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            await DurableFile.ReplaceAsync(FilePath, RenewalJournalJson.ToBytes(journal), cancellationToken);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Gives an unreadable journal up, for somebody who knows that the keys in the slots may go.</summary>
    /// <returns>What is wrong with the disk; null if it is gone.</returns>
    public string? Discard()
    {
        try
        {
            File.Delete(BadPath);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
