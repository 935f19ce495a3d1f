using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Makes the frames of one group of one device: gives each its number, and begins another one where the points do not fit into one.</summary>
/// <remarks>Not for parallel use.</remarks>
public sealed class FrameSequence
{
    private readonly FrameAssembler _assembler;
    private readonly GapOrigin _origin;
    private readonly string _protocol;
    private readonly StrongBox<long> _next;
    private FrameHead? _head;

    internal FrameSequence(FrameAssembler assembler, GapOrigin origin, string protocol, StrongBox<long> next) =>
        (_assembler, _origin, _protocol, _next) = (assembler, origin, protocol, next);

    /// <summary>Makes the messages for one poll.</summary>
    /// <param name="kind">What the points are.</param>
    /// <param name="timestamp">When the first reply was complete.</param>
    /// <param name="points">Together they may be larger than a frame.</param>
    /// <param name="configurationHash">The <c>cfg</c> property.</param>
    /// <returns>One entry, or more of consecutive numbers and the same timestamp; none above <see cref="Frame.MaxEncodedBytes"/>.</returns>
    public ImmutableArray<OutboxEntry> Assemble(FrameKind kind, DateTimeOffset timestamp, ReadOnlySpan<Point> points, string configurationHash)
    {
        FrameHead head = HeadUnder(configurationHash);
        var entries = ImmutableArray.CreateBuilder<OutboxEntry>(1);
        FrameEncoder encoder = _assembler.Rent();
        encoder.Begin(head, kind, _next.Value, timestamp);
        foreach (Point point in points)
        {
            if (encoder.TryAdd(point))
            {
                continue;
            }

            if (encoder.Count > 0)
            {
                entries.Add(Complete(encoder));
                encoder.Begin(head, kind, _next.Value, timestamp);
            }

            if (!encoder.TryAdd(point))
            {
                // A name alone always fits: its length is limited by the configuration.
                encoder.TryAdd(Point.Bad(point.Name, StatusCode.BadOutOfRange, "too large for a frame", offset: point.Offset));
            }
        }

        entries.Add(Complete(encoder));
        _assembler.Return(encoder);
        return entries.DrainToImmutable();
    }

    private OutboxEntry Complete(FrameEncoder encoder) => new(encoder.End(), _origin, _next.Value++);

    private FrameHead HeadUnder(string configurationHash)
    {
        if (_head is null || !string.Equals(_head.ConfigurationHash, configurationHash, StringComparison.Ordinal))
        {
            _head = new FrameHead(_origin.Session, _origin.Source, _protocol, _origin.Group, configurationHash);
        }

        return _head;
    }
}
