using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator;

/// <summary>Keeps the identities of a simulation from run to run, as IoT Hub would. Readable by its owner only.</summary>
internal sealed partial class IdentityFile(string path)
{
    /// <summary>What is kept. Empty when there is no file yet.</summary>
    /// <exception cref="JsonException">Somebody else wrote the file.</exception>
    public IReadOnlyDictionary<string, Entry> Read() => File.Exists(path)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(path), Json.Default.DictionaryStringEntry) ?? []
        : new Dictionary<string, Entry>(StringComparer.Ordinal);

    /// <summary>Replaces what is kept.</summary>
    public void Write(IEnumerable<RegisteredIdentity> identities)
    {
        var entries = identities.ToDictionary(
            identity => identity.Identity.ClientId,
            identity => new Entry(identity.GenerationId, identity.PrimaryKey.ToArray(), identity.SecondaryKey.ToArray()),
            StringComparer.Ordinal);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, entries, Json.Default.DictionaryStringEntry);
    }

    /// <summary>One identity.</summary>
    /// <param name="Generation">Its generation.</param>
    /// <param name="Primary">32 bytes.</param>
    /// <param name="Secondary">32 bytes.</param>
    internal sealed record Entry(string Generation, byte[] Primary, byte[] Secondary)
    {
        /// <summary>As IoT Hub has it.</summary>
        public RegisteredIdentity For(HubIdentity identity) => new(identity, Generation, Primary, Secondary);

        /// <summary>Never prints the keys.</summary>
        public override string ToString() => $"generation {Generation}";
    }

    [JsonSerializable(typeof(Dictionary<string, Entry>))]
    private sealed partial class Json : JsonSerializerContext;
}
