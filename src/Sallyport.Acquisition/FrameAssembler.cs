using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Makes frames of points: gives each its number within (session, source, group), and splits what would be too large.</summary>
/// <param name="session">New at each start of the reader; see <see cref="SessionId"/>.</param>
/// <remarks>Calls for different groups may overlap; calls for the same (source, group) must not.</remarks>
public sealed class FrameAssembler(string session)
{
    private readonly ConcurrentDictionary<GapOrigin, Counter> _streams = new();

    /// <summary>The session of all frames.</summary>
    public string Session => session;

    /// <summary>Makes the messages for one poll.</summary>
    /// <param name="source">The device.</param>
    /// <param name="protocol">How it was read, for example <c>modbus-tcp</c>.</param>
    /// <param name="group">The poll group.</param>
    /// <param name="timestamp">When the first reply was complete.</param>
    /// <param name="points">All points of the group. Together they may be larger than a frame.</param>
    /// <param name="configurationHash">The <c>cfg</c> property.</param>
    /// <returns>One entry, or more of consecutive numbers and the same timestamp; none above <see cref="Frame.MaxEncodedBytes"/>.</returns>
    public ImmutableArray<OutboxEntry> Assemble(
        string source, string protocol, string group, DateTimeOffset timestamp, ImmutableArray<Point> points, string configurationHash)
    {
        var origin = new GapOrigin(session, source, group);
        Counter counter = _streams.GetOrAdd(origin, static _ => new Counter());
        var entries = ImmutableArray.CreateBuilder<OutboxEntry>(1);
        Add(points);
        return entries.DrainToImmutable();

        void Add(ImmutableArray<Point> part)
        {
            var frame = new Frame(source, protocol, group, FrameKind.Key, session, counter.Next, timestamp, part);
            HubMessage message = TelemetryMessage.Of(frame, configurationHash);
            if (message.Body.Length <= Frame.MaxEncodedBytes)
            {
                entries.Add(new OutboxEntry(message, origin, counter.Next++));
            }
            else if (part.Length == 1)
            {
                Add([Point.Bad(part[0].Name, StatusCode.BadOutOfRange, "too large for a frame")]);
            }
            else
            {
                AddPieces(part, message.Body.Length);
            }
        }

        void AddPieces(ImmutableArray<Point> part, int sizeInBytes)
        {
            // One more piece than the average calls for: the pieces differ, and each has the frame's head.
            int pieces = Math.Min(part.Length, (sizeInBytes / Frame.MaxEncodedBytes) + 2);
            for (int i = 0; i < pieces; i++)
            {
                int from = part.Length * i / pieces;
                Add(part[from..(part.Length * (i + 1) / pieces)]);
            }
        }
    }

    private sealed class Counter
    {
        public long Next { get; set; }
    }
}
