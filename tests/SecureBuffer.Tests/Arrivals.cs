using System.Globalization;
using System.Text.Json;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What a consumer makes of messages: each page once, records by number, gaps.</summary>
internal sealed class Arrivals
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Takes messages in the order of arrival; repeated ids are left out.</summary>
    public Arrivals(IEnumerable<HubMessage> messages)
    {
        foreach (HubMessage message in messages)
        {
            if (_seen.Add(message.MessageId))
            {
                Take(message);
            }
        }
    }

    /// <summary>The numbers that were put in (<see cref="Bench.Record"/>), by sequence number.</summary>
    public SortedDictionary<long, int> Records { get; } = [];

    /// <summary>Gap records of the ring, by their own sequence number.</summary>
    public SortedDictionary<long, GapRecord> Gaps { get; } = [];

    /// <summary>Pages by number, with first and last sequence number and what they say is lost.</summary>
    public SortedDictionary<long, (long FirstSeq, long LastSeq, long Lost, long GapCount)> Pages { get; } = [];

    public static long Number(HubMessage message, string property) =>
        long.Parse(message.Properties[property], NumberStyles.None, CultureInfo.InvariantCulture);

    private void Take(HubMessage message)
    {
        Assert.True(BatchBody.TrySplit(message.Body, out var records));
        var seq = Number(message, MessageProperties.Sequence);
        var first = seq;
        long gapCount = 0;
        foreach (ReadOnlyMemory<byte> record in records)
        {
            if (GapRecordJson.TryRead(record.Span, out GapRecord? gap))
            {
                Assert.Empty(MessageSchema.Faults(GapRecord.Schema, record));
                Gaps.Add(seq, gap);
                gapCount += gap.Count;
            }
            else
            {
                using var json = JsonDocument.Parse(record);
                Records.Add(seq, json.RootElement.GetProperty("i").GetInt32());
            }

            seq++;
        }

        Assert.Equal(records.Length, Number(message, MessageProperties.Count));
        Pages.Add(Number(message, MessageProperties.Page), (first, seq - 1, Number(message, MessageProperties.Lost), gapCount));
    }
}
