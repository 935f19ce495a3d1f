using System.Collections.Immutable;

namespace Sallyport.Telemetry;

/// <summary>One device, one poll group, one instant: <c>sallyport.frame/1</c>.</summary>
/// <param name="Source">The device, as the configuration names it.</param>
/// <param name="Protocol">How it was read, for example <c>modbus-tcp</c>.</param>
/// <param name="Group">The poll group.</param>
/// <param name="Kind">All points, changes or none.</param>
/// <param name="Session">New at each start of the reader; see <see cref="SessionId"/>.</param>
/// <param name="Seq">Counts from 0 within (session, source, group). A hole means a counted loss.</param>
/// <param name="Timestamp">When the first reply of the frame was complete; points of later ones say so by their <see cref="Point.Offset"/>.</param>
/// <param name="Points">Order is kept; names are unique.</param>
public sealed record Frame(
    string Source,
    string Protocol,
    string Group,
    FrameKind Kind,
    string Session,
    long Seq,
    DateTimeOffset Timestamp,
    ImmutableArray<Point> Points)
{
    /// <summary>Name and major version in the <c>schema</c> member and property.</summary>
    public const string Schema = "sallyport.frame/1";

    /// <summary>A reader splits what would be larger, so that a frame always fits into one page of the ring.</summary>
    public const int MaxEncodedBytes = 8192;

    /// <summary>The worst quality of all points; good for none.</summary>
    public Quality WorstQuality
    {
        get
        {
            Quality worst = Quality.Good;
            foreach (Point point in Points)
            {
                worst = point.Status.Severity > worst ? point.Status.Severity : worst;
            }

            return worst;
        }
    }
}
