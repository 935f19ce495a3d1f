using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.SealedRing.Inspection;
using Spectre.Console;

namespace Sallyport.Ctl.Ring.Inspect;

/// <summary>What a ring says of itself.</summary>
internal sealed class InspectReport(string path, RingFindings findings) : IReport
{
    private readonly ImmutableArray<string> _problems = RingWords.ProblemsOf(findings);

    private bool IsWell => _problems.IsEmpty && findings.Flaws.IsEmpty;

    /// <inheritdoc/>
    public ExitCode ExitCode => IsWell ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(
            $"{path}: {(IsWell ? "a ring in order, as far as can be told without its key." : "a ring with problems.")}", IsWell ? Color.Green : Color.Red);
        foreach (string problem in _problems)
        {
            screen.Line($"- {problem}");
        }

        screen.Table(new ReportTable("Ring", ["What", "Value"], Rows()));
        screen.Table(new ReportTable("Epochs", [">Epoch", ">Pages", ">From page", ">To page"], [.. findings.Epochs.Select(Row)]));
        screen.Table(new ReportTable("States", [">Slot", ">Generation", ">Epoch"], [.. findings.States.Select(Row)]));
        if (!findings.Holes.IsEmpty)
        {
            screen.Table(new ReportTable("Numbers that no waiting page has", [">From", ">To"], [.. findings.Holes.Select(Row)]));
        }

        if (!findings.Flaws.IsEmpty)
        {
            screen.Table(new ReportTable("Bad pages", ["Flaw", ">Pages", "What"], [.. findings.Flaws.Select(Row)]));
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("well", IsWell);
        json.WriteString("file", path);
        RingJson.Write(json, findings, _problems);
    }

    private ImmutableArray<ImmutableArray<string>> Rows() =>
    [
        ["id", RingWords.IdOf(findings.Buffer)],
        ["lane, by the file's name", RingWords.LaneOf(path)],
        ["made", findings.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)],
        ["bytes", RingWords.Number(findings.DeviceBytes)],
        ["blocks of 4096", RingWords.Number(findings.Geometry.Blocks)],
        ["blocks for pages", RingWords.Number(findings.Geometry.RingBlocks)],
        ["blocks of a tail slot", RingWords.Number(findings.Geometry.SnapshotBlocks)],
        ["static block written", RingWords.Number(findings.Generation)],
        ["key slots", string.Join(", ", findings.Slots.Select(RingWords.For))],
        ["wipe begun", findings.IsWiping ? "yes" : "no"],
        ["pages there", Words(findings.Pages)],
        ["pages waiting", Words(findings.Waiting)],
        ["open pages in tail slots", RingWords.Number(findings.Snapshots)],
        ["pages of gap records", RingWords.Number(findings.GapPages)],
        ["records lost so far", RingWords.Number(findings.Lost)],
    ];

    private static string Words(PageSpan span) => span.Count == 0
        ? "0"
        : FormattableString.Invariant($"{span.Count} ({span.FirstPage} to {span.LastPage}): {span.Records} records, numbers {span.FirstSeq} to {span.LastSeq}");

    private static ImmutableArray<string> Row(EpochFindings epoch) =>
        [RingWords.Number(epoch.Number), RingWords.Number(epoch.Pages), RingWords.Number(epoch.FirstPage), RingWords.Number(epoch.LastPage)];

    private static ImmutableArray<string> Row(StateFindings state) => [RingWords.Number(state.Slot), RingWords.Number(state.Generation), RingWords.Number(state.Epoch)];

    private static ImmutableArray<string> Row(SeqHole hole) => [RingWords.Number(hole.FirstSeq), RingWords.Number(hole.LastSeq)];

    private static ImmutableArray<string> Row(KeyValuePair<PageFlaw, int> flaw) => [RingWords.For(flaw.Key), RingWords.Number(flaw.Value), RingWords.Meaning(flaw.Key)];
}
