using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <summary>The payload of a direct method, read as desired properties are: every fault at once, each with its place.</summary>
public static class MethodPayload
{
    /// <summary>Reads it.</summary>
    /// <param name="payload">JSON.</param>
    /// <param name="read">Understands it; what it refuses is in <paramref name="refusal"/>.</param>
    /// <param name="refusal">All faults in one text; empty for none.</param>
    /// <returns>Null if it was refused.</returns>
    public static T? Read<T>(ReadOnlyMemory<byte> payload, Func<DesiredReader, T?> read, out string refusal)
        where T : class
    {
        var faults = new DesiredFaults();
        T? request = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            request = read(DesiredReader.Root(document.RootElement, faults));
        }
        catch (JsonException)
        {
            faults.Add("", "It is not JSON.");
        }

        refusal = string.Join(' ', faults.ToImmutable().Select(fault => $"{fault.Pointer}: {fault.Reason}"));
        return faults.IsEmpty ? request : null;
    }
}
