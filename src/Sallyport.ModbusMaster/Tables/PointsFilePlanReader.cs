using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>Understands desired properties that name a points file: reads the file, proves that it is the one that is meant, and lets the
/// <see cref="DevicePlanReader"/> judge the whole. Faults of the file are told with its line.</summary>
/// <remarks>The digest makes the file a part of the document: the same document gives the same plan, or none if the file is not there.</remarks>
public sealed class PointsFilePlanReader(IPointsFiles files) : IPlanReader<DevicePlan>
{
    private const string Pointer = $"/{PointsFileSection.Key}";
    private const int ShownDigits = 8;

    private readonly DevicePlanReader _inner = new();

    /// <inheritdoc/>
    public PlanReading<DevicePlan> Read(JsonElement desired)
    {
        var faults = new DesiredFaults();
        DesiredReader section = DesiredReader.Root(desired, faults)[PointsFileSection.Key];
        if (!section.Exists)
        {
            return Noted(_inner.Read(desired), sha256: null);
        }

        return PointsFileSection.Read(section) is { } reference && faults.IsEmpty && TryLoad(reference, section, out ReadOnlyMemory<byte> content)
            ? Read(desired, reference, content)
            : new PlanReading<DevicePlan>.Refused(faults.ToImmutable());
    }

    private PlanReading<DevicePlan> Read(JsonElement desired, PointsFileReference reference, ReadOnlyMemory<byte> content)
    {
        switch (reference.IsJson ? PointDocumentReader.Read(content) : PointTableReader.Read(content))
        {
            case PointTableReading.Read { Table: PointTable table } when MergedPoints.Collisions(desired, table) is { IsEmpty: true }:
                return Noted(Located(ReadApart(MergedPoints.Write(desired, table)), table), reference.Sha256);
            case PointTableReading.Read { Table: PointTable table }:
                return Refused(MergedPoints.Collisions(desired, table));
            case PointTableReading.Refused refused:
                return Refused(refused.Faults);
            default:
                throw new InvalidOperationException("A table reader reads or refuses.");
        }
    }

    // The parser borrows tables that are larger than the file from a pool, which keeps them for the thread that gave them back. This one ends, and they end with it.
    private PlanReading<DevicePlan> ReadApart(ReadOnlyMemory<byte> merged)
    {
        PlanReading<DevicePlan>? reading = null;
        var thread = new Thread(() => reading = _inner.Read(JsonElement.Parse(merged.Span))) { Name = "Points file" };
        thread.Start();
        thread.Join();
        return reading!;
    }

    // A newer file of the same name may lie there already, for the desired properties that come next.
    private bool TryLoad(PointsFileReference reference, DesiredReader section, out ReadOnlyMemory<byte> content)
    {
        PointsFileLoad load = files.Read(reference.Path);
        if (HasDigest(load, reference, out content, out string? found)
            || HasDigest(files.Read(PointsFileReference.KeptPathOf(reference.Path)), reference, out content, out _))
        {
            return true;
        }

        if (load is PointsFileLoad.Refused refused)
        {
            section[PointsFileSection.PathKey].Refuse(refused.Reason);
        }
        else
        {
            section[PointsFileSection.Sha256Key].Refuse(
                $"The file has {found![..ShownDigits]}…, not {reference.Sha256[..ShownDigits]}…: bring the right file, or name the digest of this one.");
        }

        return false;
    }

    private static bool HasDigest(PointsFileLoad load, PointsFileReference reference, out ReadOnlyMemory<byte> content, out string? found)
    {
        content = (load as PointsFileLoad.Loaded)?.Content ?? default;
        found = load is PointsFileLoad.Loaded ? Convert.ToHexStringLower(SHA256.HashData(content.Span)) : null;
        return string.Equals(found, reference.Sha256, StringComparison.Ordinal);
    }

    private PlanReading<DevicePlan> Noted(PlanReading<DevicePlan> reading, string? sha256)
    {
        if (reading is PlanReading<DevicePlan>.Accepted)
        {
            files.Use(sha256);
        }

        return reading;
    }

    private static PlanReading<DevicePlan> Located(PlanReading<DevicePlan> reading, PointTable table) =>
        reading is PlanReading<DevicePlan>.Refused refused
            ? new PlanReading<DevicePlan>.Refused([.. refused.Faults.Select(fault => table.Locate(fault.Pointer, fault.Reason) is { } located ? Told(located) : fault)])
            : reading;

    private static PlanReading<DevicePlan>.Refused Refused(ImmutableArray<TableFault> faults) => new([.. faults.Take(DesiredFaults.MaxFaults).Select(Told)]);

    private static PlanFault Told(TableFault fault) => new(Pointer, fault.ToString());
}
