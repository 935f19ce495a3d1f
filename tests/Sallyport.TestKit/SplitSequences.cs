using System.Buffers;

namespace Sallyport.TestKit;

/// <summary>The same bytes in every way in which a network may cut them.</summary>
public static class SplitSequences
{
    /// <summary>In one piece, in two pieces at every place (an empty first or last piece included), and one byte per piece.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> Of(ReadOnlyMemory<byte> bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        for (int at = 0; at <= bytes.Length; at++)
        {
            yield return At(bytes, at);
        }

        int[] everywhere = new int[Math.Max(0, bytes.Length - 1)];
        for (int i = 0; i < everywhere.Length; i++)
        {
            everywhere[i] = i + 1;
        }

        yield return At(bytes, everywhere);
    }

    /// <summary>Cut at the given offsets, which must ascend.</summary>
    public static ReadOnlySequence<byte> At(ReadOnlyMemory<byte> bytes, params ReadOnlySpan<int> offsets)
    {
        int from = 0;
        Segment? first = null;
        Segment? last = null;
        foreach (int offset in offsets)
        {
            Append(bytes[from..offset]);
            from = offset;
        }

        Append(bytes[from..]);
        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);

        void Append(ReadOnlyMemory<byte> piece)
        {
            last = new Segment(piece, last);
            first ??= last;
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
