using System.Buffers;

namespace Sallyport.TestKit;

/// <summary>Every way in which a reader of a stream may meet the same bytes.</summary>
public static class Splits
{
    /// <summary>In one piece, cut in two at every place (both ends included, so that one part is empty), and byte by byte.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> Of(ReadOnlyMemory<byte> bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            yield return Join([bytes[..cut], bytes[cut..]]);
        }

        yield return Join([.. Enumerable.Range(0, bytes.Length).Select(at => bytes.Slice(at, 1))]);
    }

    /// <summary>All strict beginnings, from nothing to all but the last byte: what has arrived when something is still missing.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> PrefixesOf(ReadOnlyMemory<byte> bytes) =>
        Enumerable.Range(0, bytes.Length).Select(length => bytes[..length]);

    /// <summary>A sequence of exactly these segments.</summary>
    public static ReadOnlySequence<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        if (segments.Count == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        var first = new Segment(segments[0]);
        Segment last = first;
        foreach (ReadOnlyMemory<byte> memory in segments.Skip(1))
        {
            last = last.Append(memory);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
