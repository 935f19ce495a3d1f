using System.Collections.Immutable;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>About how large the frames of a poll are.</summary>
/// <remarks>A frame with values as long as they usually are is encoded as the module does it.</remarks>
internal static class FrameEstimate
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddMilliseconds(1);
    private static readonly string Session = new('0', 26);

    /// <summary>Bytes of all frames of one poll together.</summary>
    public static int BytesOf(UnitPlan unit, PollPlan poll)
    {
        ImmutableArray<Point> points = [.. poll.Points.Select(point => Point.Good(point.Name, ValueAt(point.Address)))];
        return FrameJson.Encode(new Frame(
            unit.Name, unit.Connection.Endpoint.Protocol, poll.Group, FrameKind.Key, Session, 1_000_000, At, points)).Length;
    }

    /// <summary>How many frames a poll of so many bytes takes.</summary>
    public static int FramesOf(int bytes) => bytes <= Frame.MaxEncodedBytes ? 1 : (bytes / Frame.MaxEncodedBytes) + 2;

    private static PointValue ValueAt(PointAddress address) => (address.Table.HoldsBits, address.Width) switch
    {
        (true, _) => PointValue.FromBoolean(value: true),
        (false, 1) => PointValue.FromInt64(12_345),
        (false, 2) => PointValue.FromSingle(1234.567f),
        (false, <= 4) => PointValue.FromDouble(-1234.56789012345),
        (false, var width) => PointValue.FromText(new string('x', width * 2)),
    };
}
