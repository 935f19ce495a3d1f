using System.Buffers;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>Writes one frame after the other, point by point, and knows when a frame is full. Gives the bytes of <see cref="FrameJson"/>.</summary>
/// <remarks>Order of calls: <see cref="Begin"/>, <see cref="TryAdd"/> as often as one likes, <see cref="End"/>. Not for parallel use; its buffers are used again.</remarks>
public sealed class FrameEncoder : IDisposable
{
    private const int ScratchInBytes = 512;

    private readonly byte[] _frame = new byte[Frame.MaxEncodedBytes];
    private readonly ArrayBufferWriter<byte> _scratch = new(ScratchInBytes);
    private readonly Utf8JsonWriter _writer;
    private FrameHead? _head;
    private long _seq;
    private DateTimeOffset _timestamp;
    private Quality _worst;
    private int _length;

    /// <summary>Creates an encoder with buffers for one frame.</summary>
    public FrameEncoder() => _writer = new Utf8JsonWriter(_scratch, JsonOutput.Options);

    /// <summary>Points in the frame so far.</summary>
    public int Count { get; private set; }

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>Starts a frame without points.</summary>
    public void Begin(FrameHead head, FrameKind kind, long seq, DateTimeOffset timestamp)
    {
        (_head, _seq, _timestamp) = (head, seq, timestamp);
        (_worst, _length, Count) = (Quality.Good, 0, 0);
        StartScratch();
        _writer.WriteStartObject();
        FrameJson.WriteHead(_writer, head, kind, seq, timestamp);
        _writer.Flush();
        Append(_scratch.WrittenSpan);
    }

    /// <summary>Adds a point.</summary>
    /// <returns>False if the frame would exceed <see cref="Frame.MaxEncodedBytes"/>; it is then as it was.</returns>
    public bool TryAdd(Point point)
    {
        StartScratch();
        FrameJson.WritePoint(_writer, point);
        _writer.Flush();
        int separator = Count > 0 ? 1 : 0;
        if (_length + separator + _scratch.WrittenCount + Tail.Length > _frame.Length)
        {
            return false;
        }

        if (separator > 0)
        {
            Append(","u8);
        }

        Append(_scratch.WrittenSpan);
        Quality severity = point.Status.Severity;
        _worst = severity > _worst ? severity : _worst;
        Count++;
        return true;
    }

    /// <summary>Completes the frame.</summary>
    /// <returns>Its message, with bytes of its own.</returns>
    public HubMessage End()
    {
        Append(Tail);
        return TelemetryMessage.Of(_head!, _seq, _timestamp, _worst, _frame.AsSpan(0, _length).ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void StartScratch()
    {
        _scratch.ResetWrittenCount();
        _writer.Reset();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_frame.AsSpan(_length));
        _length += bytes.Length;
    }
}
