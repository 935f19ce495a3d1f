using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>The checkpoint of a batch as its property says it: docs/formats/batch.md.</summary>
/// <param name="SignedWallMs">When it was signed, as the gateway said.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record CheckpointMark(long SignedWallMs, ImmutableArray<byte> Signature)
{
    private const long MostWallMs = 253_402_300_799_999;

    /// <summary>As in the property.</summary>
    public override string ToString() => FormattableString.Invariant($"{SignedWallMs}:{Convert.ToHexStringLower(Signature.AsSpan())}");

    /// <summary>Reads what <see cref="ToString"/> wrote. False for any other spelling.</summary>
    public static bool TryRead(string text, out CheckpointMark? mark)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        byte[] signature = new byte[Checkpoint.SignatureSize];
        mark = colon > 0
            && long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out long wall)
            && wall <= MostWallMs
            && text.Length - colon - 1 == 2 * signature.Length
            && Convert.FromHexString(text.AsSpan(colon + 1), signature, out _, out _) is System.Buffers.OperationStatus.Done
                ? new CheckpointMark(wall, [.. signature])
                : null;
        mark = string.Equals(mark?.ToString(), text, StringComparison.Ordinal) ? mark : null;
        return mark is not null;
    }

    /// <summary>The message of a page with its checkpoint.</summary>
    public HubMessage AddTo(HubMessage message) => message with
    {
        Properties = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
            message.Properties.Append(new(MessageProperties.Checkpoint, ToString())), StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Judges the checkpoint of a batch whose seal is good.</summary>
    internal static CheckpointVerdict Judge(SealedBatch batch, IReadOnlyDictionary<string, string> properties, ECDsa? key, out long signedWallMs)
    {
        signedWallMs = 0;
        if (!properties.TryGetValue(MessageProperties.Checkpoint, out string? text))
        {
            return CheckpointVerdict.Absent;
        }

        if (key is null)
        {
            return CheckpointVerdict.Unchecked;
        }

        if (!TryRead(text, out CheckpointMark? mark))
        {
            return CheckpointVerdict.Bad;
        }

        signedWallMs = mark!.SignedWallMs;
        return new Checkpoint(batch.Fields, batch.Mac, signedWallMs).IsSignedBy(key, mark.Signature.AsSpan()) ? CheckpointVerdict.Good : CheckpointVerdict.Bad;
    }
}
