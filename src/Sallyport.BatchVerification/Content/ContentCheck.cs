using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Content;

/// <summary>Looks into the records of proven batches: are the frames of each reader all there and in order, and are their values plausible? Not safe for several threads.</summary>
/// <param name="rules">For the values.</param>
/// <param name="isExcerpt">True if what is looked at begins somewhere in the life of the readers.</param>
public sealed class ContentCheck(ContentRules rules, bool isExcerpt = false)
{
    private const int MostLines = 10_000;

    private readonly Dictionary<FrameStreamName, FrameLine> _lines = [];
    private readonly Dictionary<(string Source, string Group), List<PointWatch>> _groups = [];
    private readonly Dictionary<(string Source, string Point), PointWatch> _points = [];

    /// <summary>Looks into a batch.</summary>
    /// <param name="verdict">On it; only what is to be used is looked into.</param>
    /// <returns>What is wrong.</returns>
    public ImmutableArray<ContentFinding> Accept(BatchVerdict verdict) => verdict switch
    {
        BatchVerdict.Ok { Batch: var batch } => Look(batch, mayRepeat: batch.IsRecovered),
        BatchVerdict.Gap { Batch: var batch } => Look(batch, mayRepeat: batch.IsRecovered),
        BatchVerdict.Reordered { Batch: var batch } => Look(batch, mayRepeat: true),
        _ => [],
    };

    /// <summary>Frames that are missing, and that neither their readers nor the rings account for.</summary>
    /// <param name="summary">What the rings told.</param>
    public ImmutableArray<ContentFinding.FramesMissing> Finish(VerificationSummary summary)
    {
        var losses = new RingLosses(summary);
        return [.. _lines.OrderBy(line => line.Key.ToString(), StringComparer.Ordinal).SelectMany(line => line.Value.Missing(losses))];
    }

    private ImmutableArray<ContentFinding> Look(SealedBatch batch, bool mayRepeat)
    {
        if (batch.IsGap || !batch.TrySplit(out ImmutableArray<ReadOnlyMemory<byte>> records))
        {
            return [];
        }

        ImmutableArray<ContentFinding>.Builder findings = ImmutableArray.CreateBuilder<ContentFinding>();
        foreach ((int at, ReadOnlyMemory<byte> record) in records.Index())
        {
            Look(batch.Fields.Buffer, batch.Fields.FirstSeq + at, record.Span, mayRepeat, findings);
        }

        return findings.ToImmutable();
    }

    private void Look(UInt128 buffer, long seq, ReadOnlySpan<byte> record, bool mayRepeat, ImmutableArray<ContentFinding>.Builder findings)
    {
        switch (SchemaOf(record))
        {
            case Frame.Schema when FrameReader.TryRead(record, out Frame? frame):
                Look(buffer, seq, frame, mayRepeat, findings);
                break;
            case GapRecord.Schema when GapRecordJson.TryRead(record, out GapRecord? gap) && gap.Origin is { } origin:
                LineOf(new FrameStreamName(origin.Session, origin.Source, origin.Group))?.Add(gap);
                break;
            case Frame.Schema or GapRecord.Schema:
                findings.Add(new ContentFinding.RecordMalformed(seq));
                break;
        }
    }

    private void Look(UInt128 buffer, long seq, Frame frame, bool mayRepeat, ImmutableArray<ContentFinding>.Builder findings)
    {
        bool isLate = false;
        bool isKnown = false;
        ContentFinding? finding = LineOf(new FrameStreamName(frame.Session, frame.Source, frame.Group))?.Add(frame, buffer, seq, out isLate, out isKnown);
        if (finding is not null && !(isKnown && mayRepeat))
        {
            findings.Add(finding);
        }

        if (!isKnown)
        {
            Watch(frame, isLate, findings);
        }
    }

    private void Watch(Frame frame, bool isLate, ImmutableArray<ContentFinding>.Builder findings)
    {
        foreach (Point point in frame.Points)
        {
            if (rules.Find(frame.Source, point.Name) is not { } rule)
            {
                continue;
            }

            PointWatch watch = WatchOf(rule, frame.Group);
            if (NumberOf(point.Value) is { } value)
            {
                watch.See(value, frame.Timestamp + point.Offset, isLate, findings);
            }
            else if (!isLate)
            {
                watch.Fail();
            }
        }

        if (!isLate && _groups.TryGetValue((frame.Source, frame.Group), out List<PointWatch>? watched))
        {
            findings.AddRange(watched.Select(watch => watch.Pass(frame.Timestamp)).OfType<ContentFinding.Stuck>());
        }
    }

    private FrameLine? LineOf(FrameStreamName name)
    {
        if (!_lines.TryGetValue(name, out FrameLine? line) && _lines.Count < MostLines)
        {
            _lines.Add(name, line = new FrameLine(name, isExcerpt));
        }

        return line;
    }

    private PointWatch WatchOf(PointRule rule, string group)
    {
        if (!_points.TryGetValue((rule.Source, rule.Point), out PointWatch? watch))
        {
            _points.Add((rule.Source, rule.Point), watch = new PointWatch(rule));
            if (!_groups.TryGetValue((rule.Source, group), out List<PointWatch>? watched))
            {
                _groups.Add((rule.Source, group), watched = []);
            }

            watched.Add(watch);
        }

        return watch;
    }

    private static double? NumberOf(PointValue? value) => value?.Kind switch
    {
        PointValueKind.Flag => value.Value.AsBoolean() ? 1 : 0,
        PointValueKind.Text or null => null,
        _ => value.Value.AsDouble(),
    };

    private static string? SchemaOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject
                && reader.Read() && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals("schema"u8)
                && reader.Read() && reader.TokenType is JsonTokenType.String
                    ? reader.GetString()
                    : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
