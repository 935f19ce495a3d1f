using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>The body of <c>sallyport.batch/1</c>: records joined byte for byte, so that the same records always give the same body.</summary>
/// <remarks><c>{"schema":"sallyport.batch/1","frames":[r1,r2]}</c> and no other spelling.</remarks>
public static class BatchBody
{
    /// <summary>Name and major version in the <c>schema</c> member and property.</summary>
    public const string Schema = "sallyport.batch/1";

    /// <summary>In front of the first record.</summary>
    public static ReadOnlySpan<byte> Head => "{\"schema\":\"sallyport.batch/1\",\"frames\":["u8;

    /// <summary>Behind the last record. Between records stands a comma.</summary>
    public static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>Bytes that a body has besides its records and the commas between them.</summary>
    public static int OverheadInBytes => Head.Length + Tail.Length;

    /// <summary>True if the bytes are one JSON object that may stand in a batch: whatever is not would spoil its neighbours.</summary>
    public static bool IsRecord(ReadOnlySpan<byte> json)
    {
        if (json.Length > HubMessage.MaxSizeInBytes - OverheadInBytes || json is not [(byte)'{', .., (byte)'}'] || !Utf8.IsValid(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Joins records for which <see cref="IsRecord"/> holds.</summary>
    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var buffer = new ArrayBufferWriter<byte>(OverheadInBytes + records.Sum(record => record.Length + 1));
        buffer.Write(Head);
        for (var at = 0; at < records.Count; at++)
        {
            if (at > 0)
            {
                buffer.Write(","u8);
            }

            buffer.Write(records[at].Span);
        }

        buffer.Write(Tail);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Takes a body apart into the very bytes that were joined. False for any other spelling; never throws on hostile bytes.</summary>
    /// <param name="body">The slices refer to it.</param>
    /// <param name="records">In order; empty when false.</param>
    public static bool TrySplit(ReadOnlyMemory<byte> body, out ImmutableArray<ReadOnlyMemory<byte>> records)
    {
        records = [];
        if (body.Length > HubMessage.MaxSizeInBytes || !body.Span.StartsWith(Head) || !body.Span.EndsWith(Tail) || !Utf8.IsValid(body.Span))
        {
            return false;
        }

        try
        {
            records = SliceRecords(body);
        }
        catch (JsonException)
        {
            return false;
        }

        // Joining again is the proof that there was no white space and no comma too many.
        if (body.Span.SequenceEqual(Join(records)))
        {
            return true;
        }

        records = [];
        return false;
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> SliceRecords(ReadOnlyMemory<byte> body)
    {
        ImmutableArray<ReadOnlyMemory<byte>>.Builder records = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth + 2 });
        const int RecordDepth = 2;
        var start = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == RecordDepth)
            {
                start = (int)reader.TokenStartIndex;
            }
            else if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == RecordDepth)
            {
                records.Add(body[start..(int)reader.BytesConsumed]);
            }
        }

        return records.ToImmutable();
    }
}
