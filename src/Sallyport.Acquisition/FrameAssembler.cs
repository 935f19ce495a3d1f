using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Gives out the sequences of frames of one session, and keeps their numbers for as long as it lasts.</summary>
/// <param name="session">New at each start of the reader; see <see cref="SessionId"/>.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class FrameAssembler(string session)
{
    private readonly ConcurrentDictionary<GapOrigin, StrongBox<long>> _numbers = new();

    // As many as there are threads that make frames at the same time.
    private readonly ConcurrentBag<FrameEncoder> _encoders = [];

    /// <summary>The session of all frames.</summary>
    public string Session => session;

    /// <summary>The sequence of a group of a device. It goes on where the last one of this name ended, which must be in use no more.</summary>
    /// <param name="source">The device.</param>
    /// <param name="protocol">How it is read, for example <c>modbus-tcp</c>.</param>
    /// <param name="group">The poll group.</param>
    public FrameSequence SequenceOf(string source, string protocol, string group)
    {
        var origin = new GapOrigin(session, source, group);
        return new FrameSequence(this, origin, protocol, _numbers.GetOrAdd(origin, static _ => new StrongBox<long>()));
    }

    internal FrameEncoder Rent() => _encoders.TryTake(out FrameEncoder? encoder) ? encoder : new FrameEncoder();

    internal void Return(FrameEncoder encoder) => _encoders.Add(encoder);
}
