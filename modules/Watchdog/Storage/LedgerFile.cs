using System.Buffers;
using System.Text.Json;
using Sallyport.Identity;

namespace Sallyport.Watchdog.Storage;

/// <summary>A few texts by name, in a file on the volume. What is not understood is not there.</summary>
/// <param name="path">In a folder that exists.</param>
internal sealed class LedgerFile(string path) : IDisposable
{
    private const int MaxSizeInBytes = 256 * 1024;

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Reads it.</summary>
    public Dictionary<string, string> Load()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxSizeInBytes)
            {
                return all;
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                all[entry.Name] = entry.Value.GetString() ?? "";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            all.Clear();
        }

        return all;
    }

    /// <summary>Replaces it, one caller after the other.</summary>
    /// <returns>What is wrong with the disk; null if it is stored.</returns>
    public async Task<string?> StoreAsync(IReadOnlyDictionary<string, string> all, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await DurableFile.ReplaceAsync(path, ToBytes(all), cancellationToken);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private static byte[] ToBytes(IReadOnlyDictionary<string, string> all)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((var name, var text) in all)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
