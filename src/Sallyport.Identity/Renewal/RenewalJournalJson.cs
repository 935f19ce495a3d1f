using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Renewal;

/// <summary>The journal as it lies in its file.</summary>
public static class RenewalJournalJson
{
    /// <summary>The most bytes of a file of one: three chains and a reason.</summary>
    public const int MaxSizeInBytes = 256 * 1024;

    private const int Version = 1;

    /// <summary>Writes it.</summary>
    public static byte[] ToBytes(RenewalJournal journal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("state", journal.State.ToString());
            json.WriteString("activeSlot", DeviceKeySlots.NameOf(journal.ActiveSlot));
            json.WriteString("active", journal.Active);
            json.WriteBoolean("newKey", journal.HasNewKey);
            json.WriteString("next", journal.Next);
            json.WriteString("previous", journal.Previous);
            if (journal.Until is { } until)
            {
                json.WriteString("until", until);
            }

            json.WriteNumber("failures", journal.Failures);
            json.WriteBoolean("ordered", journal.IsOrdered);
            json.WriteString("reason", journal.Reason);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>False for anything that <see cref="ToBytes"/> did not write.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RenewalJournal? journal)
    {
        journal = null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version
                || !Enum.TryParse(root.GetProperty("state").GetString(), out RenewalState state)
                || !Enum.IsDefined(state)
                || SlotOf(root.GetProperty("activeSlot").GetString()) is not { } slot
                || root.GetProperty("failures").GetInt32() is var failures && failures < 0)
            {
                return false;
            }

            journal = new RenewalJournal
            {
                State = state,
                ActiveSlot = slot,
                Active = root.GetProperty("active").GetString() ?? "",
                HasNewKey = root.GetProperty("newKey").GetBoolean(),
                Next = root.GetProperty("next").GetString() ?? "",
                Previous = root.GetProperty("previous").GetString() ?? "",
                Until = root.TryGetProperty("until", out JsonElement until) ? until.GetDateTimeOffset() : null,
                Failures = failures,
                IsOrdered = root.GetProperty("ordered").GetBoolean(),
                Reason = root.GetProperty("reason").GetString() ?? "",
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }

    private static DeviceKeySlot? SlotOf(string? name) =>
        string.Equals(name, DeviceKeySlots.NameOf(DeviceKeySlot.IdentityA), StringComparison.Ordinal) ? DeviceKeySlot.IdentityA
        : string.Equals(name, DeviceKeySlots.NameOf(DeviceKeySlot.IdentityB), StringComparison.Ordinal) ? DeviceKeySlot.IdentityB
        : null;
}
