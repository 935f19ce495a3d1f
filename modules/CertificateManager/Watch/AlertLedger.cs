using System.Buffers;
using System.Text.Json;
using Sallyport.Identity;

namespace Sallyport.CertificateManager.Watch;

/// <summary>Remembers over restarts what people were told, so that each level of each certificate is told once.</summary>
/// <param name="path">Its file, in a folder that exists.</param>
internal sealed class AlertLedger(string path)
{
    private const int MostEntries = 2048;
    private const int MaxSizeInBytes = 512 * 1024;

    private readonly Dictionary<string, (ExpiryLevel Level, DateTimeOffset NotAfter)> _told = new(StringComparer.Ordinal);
    private bool _isLoaded;

    /// <summary>Whether a level of a certificate is news; then it is not any more.</summary>
    public bool IsNews(WatchedCertificate certificate, ExpiryLevel level)
    {
        Load();
        if (level is ExpiryLevel.None || (_told.TryGetValue(certificate.Id, out (ExpiryLevel Level, DateTimeOffset NotAfter) told) && level <= told.Level))
        {
            return false;
        }

        _told[certificate.Id] = (level, certificate.NotAfter);
        while (_told.Count > MostEntries)
        {
            _told.Remove(_told.MinBy(entry => entry.Value.NotAfter).Key);
        }

        return true;
    }

    /// <summary>Stores it.</summary>
    /// <returns>What is wrong with the disk; null if it is stored. Then people may be told twice, which is better than not.</returns>
    public async Task<string?> StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DurableFile.ReplaceAsync(path, ToBytes(), cancellationToken);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((var id, (ExpiryLevel level, DateTimeOffset notAfter)) in _told)
            {
                json.WriteStartObject(id);
                json.WriteString("level", level.ToString());
                json.WriteString("notAfter", notAfter);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        _isLoaded = true;
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxSizeInBytes)
            {
                return;
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                if (Enum.TryParse(entry.Value.GetProperty("level").GetString(), out ExpiryLevel level))
                {
                    _told[entry.Name] = (level, entry.Value.GetProperty("notAfter").GetDateTimeOffset());
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Whatever is not understood is told again.
            _told.Clear();
        }
    }
}
