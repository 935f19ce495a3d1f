using System.Collections.Immutable;
using Sallyport.Simulator.Plant;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Takes what arrives at the cloud side and judges it against the plant's list. No clock, no IO. Not safe for several threads.</summary>
/// <param name="uniquePoints">The points whose values are on the plant's list.</param>
/// <param name="isPlantOurs">False for a device without a list: then frames must have arrived, rather than values.</param>
/// <param name="seals">Verifies seals; null for nobody.</param>
internal sealed class DeliveryCheck(ImmutableArray<UniquePoint> uniquePoints, bool isPlantOurs = true, SealCheck? seals = null)
{
    private readonly List<Arrival> _arrivals = [];

    /// <summary>The clock of the readers is set wrong while they run: frames of another time are there then, and have to be named as that.</summary>
    public bool IsClockWrong { get; init; }

    /// <summary>Takes one message.</summary>
    public void Accept(Arrival arrival) => _arrivals.Add(arrival);

    /// <summary>Judges what arrived so far.</summary>
    /// <param name="served">The plant's list.</param>
    /// <param name="writeRequests">How often somebody asked the plant to change something.</param>
    public CheckReport Judge(IReadOnlyList<ServedValue> served, long writeRequests = 0)
    {
        var findings = new Findings();
        var verdicts = seals?.Judge(_arrivals, findings) ?? SealVerdicts.None;
        var arrived = new ArrivedPages();
        foreach (var (at, arrival) in _arrivals.Index())
        {
            if (!verdicts.Refused.Contains(at))
            {
                arrived.Add(arrival, findings);
            }
        }
        findings.Add(FindingKind.WriteRequest, $"{writeRequests} requests would have changed something in a controller.", writeRequests);
        List<FrameStream> streams = [];
        List<(Frame Frame, DateTimeOffset At)> frames = [];
        foreach (var pages in arrived.Buffers)
        {
            var (ordered, gaps) = PageChain.Verify(pages, findings);
            streams.AddRange(FrameStreams.Of(ordered, gaps, findings));
            frames.AddRange(
                from page in ordered
                from record in page.Records.OfType<PageRecord.OfFrame>()
                select (record.Frame, page.At));
        }

        FrameStreams.FindMissing(streams, findings);
        var tally = CompareValues(served, streams, findings);
        return Report(served.Count, tally, frames, findings) with
        {
            PagesArrived = arrived.Buffers.Sum(pages => pages.Count),
            PagesProven = verdicts.Proven,
            Redelivered = arrived.Redelivered,
            ReorderedPages = arrived.Reordered,
        };
    }

    private ValueTally CompareValues(IReadOnlyList<ServedValue> served, List<FrameStream> streams, Findings findings)
    {
        var lists = served.ToLookup(value => value.Point);
        var tally = default(ValueTally);
        foreach (var point in uniquePoints)
        {
            FrameStream[] sessions =
            [
                .. streams
                    .Where(stream => string.Equals(stream.Key.Source, point.Source, StringComparison.Ordinal)
                        && string.Equals(stream.Key.Group, point.Group, StringComparison.Ordinal))
                    .OrderBy(stream => stream.FirstPosition),
            ];
            foreach (var (earlier, later) in sessions.Zip(sessions.Skip(1)))
            {
                findings.Add(
                    FindingKind.OutOfOrder,
                    $"Frames of {earlier.Key} and of {later.Key} are mixed.",
                    earlier.LastPosition > later.FirstPosition ? 1 : 0);
            }

            tally += ValueJoin.Compare(point, lists[point.At], sessions, findings);
        }

        foreach (var unread in lists.Where(list => uniquePoints.All(point => point.At != list.Key)))
        {
            findings.Add(FindingKind.MissingValue, $"Values of {unread.Key} were read, yet no point of the deployment lies there.", unread.Count());
        }

        return tally;
    }

    private bool IsAsItShouldBe(FindingKind kind, long count) => IsClockWrong && kind is FindingKind.Implausible ? count > 0 : count == 0;

    private CheckReport Report(int served, ValueTally tally, List<(Frame Frame, DateTimeOffset At)> frames, Findings findings)
    {
        var latencies = new Latencies(frames.Select(arrived => arrived.At - arrived.Frame.Timestamp));
        var span = frames.Count < 2 ? TimeSpan.Zero : frames.Max(arrived => arrived.Frame.Timestamp) - frames.Min(arrived => arrived.Frame.Timestamp);
        return new()
        {
            Passed = Enum.GetValues<FindingKind>().All(kind => IsAsItShouldBe(kind, findings[kind])) && (isPlantOurs ? served : frames.Count) > 0,
            ValuesServed = served,
            ValuesArrived = tally.Arrived,
            FramesArrived = frames.Count,
            PointsArrived = frames.Sum(arrived => arrived.Frame.Points.Length),
            PagesArrived = 0,
            PagesProven = 0,
            Forged = findings[FindingKind.Forged],
            Replayed = findings[FindingKind.Replayed],
            MissingPages = findings.Named.Where(pages => pages.What is PageFault.Missing).Sum(pages => pages.LastPage - pages.FirstPage + 1),
            ContentFindings = findings[FindingKind.Implausible],
            Lost = tally.Lost,
            BadReads = tally.BadReads,
            Unexplained = findings[FindingKind.MissingValue],
            UnexplainedFrames = findings[FindingKind.MissingFrame],
            UnexplainedRecords = findings[FindingKind.MissingRecord],
            Duplicates = findings[FindingKind.Duplicate],
            OutOfOrder = findings[FindingKind.OutOfOrder],
            Redelivered = 0,
            ReorderedPages = 0,
            Malformed = findings[FindingKind.Malformed] + findings[FindingKind.Altered] + findings[FindingKind.Foreign],
            MaxLatencyMs = latencies.Longest,
            P50LatencyMs = latencies.Percentile(50),
            P99LatencyMs = latencies.Percentile(99),
            FramesPerSecond = span > TimeSpan.Zero ? Math.Round(frames.Count / span.TotalSeconds, 2) : 0,
            Injected = 0,
            Named = findings.Named,
            Findings = findings.Texts,
        };
    }
}
