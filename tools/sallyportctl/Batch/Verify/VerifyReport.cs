using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.BatchVerification;
using Sallyport.Ctl.Terminal;
using Spectre.Console;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>What recorded messages prove.</summary>
internal sealed class VerifyReport(long messages, VerificationSummary summary, ImmutableArray<BatchProblem> problems) : IReport
{
    /// <summary>Whether there was a key to check checkpoints with.</summary>
    public bool AreCheckpointsRead { get; init; }

    private bool IsProven => summary.IsProven && !summary.Streams.IsEmpty && problems.IsEmpty;

    /// <inheritdoc/>
    public ExitCode ExitCode => IsProven ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{Number(messages)} messages: {Verdict()}", IsProven ? Color.Green : Color.Red);
        if (!problems.IsEmpty)
        {
            screen.Table(new ReportTable("Problems", ["Where", "Problem", "Ring", "What"], [.. problems.Select(Row)]));
        }

        if (!summary.Streams.IsEmpty)
        {
            screen.Table(new ReportTable(
                "Rings",
                ["Ring", "Lane", ">From", ">To", ">Batches", ">Records", ">Duplicates", ">Late", ">Forks", ">Lost", ">Skipped", ">Doubtful", ">Unexplained"],
                [.. summary.Streams.Select(Row)]));
        }

        if (AreCheckpointsRead)
        {
            screen.Table(new ReportTable("Checkpoints", ["Ring", "Lane", ">Good", ">Bad", ">Page", ">Record", "Signed"], [.. summary.Streams.Select(CheckpointRow)]));
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("proven", IsProven);
        json.WriteNumber("messages", messages);
        json.WriteNumber("forged", summary.Forged);
        json.WriteStartArray("problems");
        foreach (BatchProblem problem in problems)
        {
            json.WriteStartObject();
            if (problem.Message is { } message)
            {
                json.WriteString("file", message.File);
                json.WriteNumber("line", message.Line);
            }

            json.WriteString("problem", problem.Kind);
            json.WriteString("ring", problem.Ring);
            json.WriteString("what", problem.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rings");
        foreach (StreamSummary ring in summary.Streams)
        {
            WriteRing(json, ring);
        }

        json.WriteEndArray();
    }

    private static void WriteRing(Utf8JsonWriter json, StreamSummary ring)
    {
        json.WriteStartObject();
        json.WriteString("ring", VerifyVerb.RingOf(ring.Buffer));
        json.WriteString("lane", ring.Lane);
        json.WriteBoolean("proven", ring.IsProven);
        json.WriteNumber("firstRecord", ring.FirstRecord);
        json.WriteNumber("lastRecord", ring.LastRecord);
        json.WriteNumber("batches", ring.Batches);
        json.WriteNumber("records", ring.Records);
        json.WriteNumber("duplicates", ring.Duplicates);
        json.WriteNumber("late", ring.Reordered);
        json.WriteNumber("forks", ring.Forks);
        json.WriteNumber("clockSteps", ring.ClockSteps);
        json.WriteStartObject("checkpoints");
        json.WriteNumber("good", ring.Checkpoints.Good);
        json.WriteNumber("bad", ring.Checkpoints.Bad);
        json.WriteNumber("page", ring.Checkpoints.Page);
        json.WriteNumber("lastRecord", ring.Checkpoints.LastRecord);
        json.WriteEndObject();
        json.WriteNumber("lost", ring.CountOf(MissingKind.Lost));
        json.WriteNumber("skipped", ring.CountOf(MissingKind.Skipped));
        json.WriteNumber("doubtful", ring.CountOf(MissingKind.Doubtful));
        json.WriteNumber("unexplained", ring.CountOf(MissingKind.Unexplained));
        json.WriteEndObject();
    }

    private string Verdict() =>
        summary.Streams.IsEmpty ? "there is no batch among them that proves anything."
        : IsProven ? "everything is proven."
        : "not everything is proven.";

    private static ImmutableArray<string> Row(BatchProblem problem) => [problem.Message?.Place ?? "", problem.Kind, problem.Ring, problem.What];

    private static ImmutableArray<string> Row(StreamSummary ring) =>
    [
        VerifyVerb.RingOf(ring.Buffer), ring.Lane, Number(ring.FirstRecord), Number(ring.LastRecord), Number(ring.Batches), Number(ring.Records),
        Number(ring.Duplicates), Number(ring.Reordered), Number(ring.Forks), Number(ring.CountOf(MissingKind.Lost)), Number(ring.CountOf(MissingKind.Skipped)),
        Number(ring.CountOf(MissingKind.Doubtful)), Number(ring.CountOf(MissingKind.Unexplained)),
    ];

    private static ImmutableArray<string> CheckpointRow(StreamSummary ring) => ring.Checkpoints is { Good: > 0 } signed
        ? [VerifyVerb.RingOf(ring.Buffer), ring.Lane, Number(signed.Good), Number(signed.Bad), Number(signed.Page), Number(signed.LastRecord),
            DateTimeOffset.FromUnixTimeMilliseconds(signed.SignedWallMs).ToString("u", CultureInfo.InvariantCulture)]
        : [VerifyVerb.RingOf(ring.Buffer), ring.Lane, "0", Number(ring.Checkpoints.Bad), "", "", "never"];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
