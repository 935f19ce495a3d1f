using System.Collections.Immutable;
using System.Globalization;
using Sallyport.SealedRing.Inspection;
using Sallyport.SealedRing.Keys;

namespace Sallyport.Ctl.Ring;

/// <summary>What is in rings, in words.</summary>
internal static class RingWords
{
    /// <summary>The word for a flaw in JSON and tables.</summary>
    public static string For(PageFlaw flaw) => flaw switch
    {
        PageFlaw.Unreadable => "unreadable",
        PageFlaw.Header => "header",
        PageFlaw.OtherRing => "other-ring",
        PageFlaw.Misplaced => "misplaced",
        PageFlaw.Tag => "tag",
        _ => "content",
    };

    /// <summary>What a flaw means.</summary>
    public static string Meaning(PageFlaw flaw) => flaw switch
    {
        PageFlaw.Unreadable => "the disk does not give the block",
        PageFlaw.Header => "the header is torn or was changed",
        PageFlaw.OtherRing => "the header names another ring",
        PageFlaw.Misplaced => "the page belongs in another place: it was moved or copied",
        PageFlaw.Tag => "the page was torn or changed",
        _ => "the page is authentic, and not what this version writes",
    };

    /// <summary>The word for a way to wrap the key.</summary>
    public static string For(KeySlotKind kind) => kind switch
    {
        KeySlotKind.None => "none",
        KeySlotKind.File => "file",
        KeySlotKind.Workload => "workload",
        KeySlotKind.DeviceKey => "device-key",
        KeySlotKind.Escrow => "escrow",
        _ => "unknown",
    };

    /// <summary>An id of a ring.</summary>
    public static string IdOf(UInt128 buffer) => FormattableString.Invariant($"{buffer:x32}");

    /// <summary>The lane, as the name of the file says; the ring itself does not know.</summary>
    public static string LaneOf(string path) =>
        Path.GetFileName(path) is var name && name.EndsWith(".ring", StringComparison.Ordinal) ? name[..^".ring".Length] : "";

    /// <summary>Sentences about what is wrong as far as the clear parts tell; empty if nothing is.</summary>
    public static ImmutableArray<string> ProblemsOf(RingFindings findings)
    {
        long expected = findings.Geometry.Blocks * SealedRing.Format.RingGeometry.BlockSize;
        var problems = ImmutableArray.CreateBuilder<string>();
        if (findings.IsWiping)
        {
            problems.Add("a wipe has begun: the ring is never opened again; repeat the wipe or start the module to finish it");
        }

        if (findings.DeviceBytes < expected)
        {
            problems.Add($"the file has {Number(findings.DeviceBytes)} bytes, and its ring {Number(expected)}: somebody cut it short");
        }

        for (int copy = 0; copy < findings.GoodCopies.Length; copy++)
        {
            if (!findings.GoodCopies[copy])
            {
                problems.Add($"copy {(copy == 0 ? "A" : "B")} of the static block is bad; the other is written over it at the next opening");
            }
        }

        if (findings.States.IsEmpty)
        {
            problems.Add("there is no state: the next opening skips the numbers that may have been used");
        }

        problems.AddRange(findings.Contradictions);
        return problems.ToImmutable();
    }

    /// <summary>A whole number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
