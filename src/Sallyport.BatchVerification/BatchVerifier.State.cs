using System.Buffers;
using System.Text.Json;

namespace Sallyport.BatchVerification;

/// <summary>What a verifier knows, to be kept until the next start. There are no keys in it.</summary>
public sealed partial class BatchVerifier
{
    private const string StateSchema = "sallyport.verifier/1";

    /// <summary>Writes what is known as JSON.</summary>
    public byte[] WriteState()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("schema", StateSchema);
            json.WriteNumber("forged", Forged);
            json.WriteStartObject("rings");
            foreach ((UInt128 keyId, UInt128 ring) in _rings)
            {
                json.WriteString(StreamJson.Hex(keyId), StreamJson.Hex(ring));
            }

            json.WriteEndObject();
            json.WriteStartArray("streams");
            foreach ((UInt128 ring, BatchStream stream) in _streams)
            {
                StreamJson.Write(json, ring, stream);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A verifier that goes on where another one stopped. Null for anything that <see cref="WriteState"/> did not write; never throws on hostile bytes.</summary>
    /// <param name="state">What was written. Who can change it can make the verifier forget: keep it where nobody else writes.</param>
    /// <param name="roots">Those that the other had. Owned by the caller.</param>
    /// <param name="options">What the caller decides.</param>
    public static BatchVerifier? ReadState(ReadOnlySpan<byte> state, ChainRoots roots, VerifierOptions? options = null)
    {
        var verifier = new BatchVerifier(roots, options);
        try
        {
            return verifier.Restore(JsonElement.Parse(state, new JsonDocumentOptions { AllowDuplicateProperties = false })) ? verifier : null;
        }
        catch (Exception malformed) when (malformed
            is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private bool Restore(JsonElement state)
    {
        if (state.GetProperty("schema").GetString() is not StateSchema)
        {
            return false;
        }

        Forged = StreamJson.Number(state.GetProperty("forged"));
        foreach (JsonProperty ring in state.GetProperty("rings").EnumerateObject())
        {
            _rings.Add(StreamJson.Identity(ring.Name), StreamJson.Identity(ring.Value.GetString()!));
        }

        foreach (JsonElement element in state.GetProperty("streams").EnumerateArray())
        {
            (UInt128 ring, BatchStream stream) = StreamJson.Read(element, _options.IsExcerpt);
            _streams[ring] = stream;
        }

        return true;
    }
}
