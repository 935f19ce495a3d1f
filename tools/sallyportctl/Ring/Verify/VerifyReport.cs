using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.SealedRing.Inspection;
using Spectre.Console;

namespace Sallyport.Ctl.Ring.Verify;

/// <summary>What of a ring is proven.</summary>
internal sealed class VerifyReport(string path, RingFindings findings, RingVerification? verification) : IReport
{
    private readonly ImmutableArray<RingCheck> _checks = RingChecks.Of(findings, verification);

    private bool IsBad => _checks.Any(check => check.IsWell == false);

    private bool IsProven => !IsBad && verification is RingVerification.Opened;

    /// <inheritdoc/>
    public ExitCode ExitCode => IsBad ? ExitCode.Problems : ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline($"{path}: {Verdict()}", IsBad ? Color.Red : IsProven ? Color.Green : Color.Yellow);
        screen.Table(new ReportTable("", ["Check", "Result", "What"], [.. _checks.Select(Row)]));
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("proven", IsProven);
        json.WriteString("file", path);
        json.WriteString("ring", RingWords.IdOf(findings.Buffer));
        json.WriteStartArray("checks");
        foreach (RingCheck check in _checks)
        {
            json.WriteStartObject();
            json.WriteString("check", check.Name);
            json.WriteString("result", check.Result);
            json.WriteString("what", check.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (verification is RingVerification.Opened { Proof: var proof })
        {
            json.WriteNumber("pages", proof.Pages);
            json.WriteNumber("openPages", proof.Snapshots);
            json.WriteNumber("states", proof.States);
            json.WriteNumber("links", proof.Links);
            json.WriteNumber("brokenLinks", proof.BrokenLinks);
        }

        RingJson.Write(json, (verification as RingVerification.Opened)?.Proof.Flaws ?? findings.Flaws);
    }

    private string Verdict() =>
        IsBad ? "it is not in order."
        : IsProven ? "everything that its key can prove is proven."
        : "in order as far as can be told without its key; nothing is proven.";

    private static ImmutableArray<string> Row(RingCheck check) => [check.Name, check.Result, check.What];
}
