using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Identity;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Configuration;

/// <summary>The way of a desired document: read, put in force, stored, reported, audited. A refused one changes nothing but the report.</summary>
/// <remarks>One caller at a time, as the twin's handler is.</remarks>
internal sealed partial class PlanFlow<TPlan>(
    CurrentPlan<TPlan> current,
    IPlanReader<TPlan> reader,
    PlanStore store,
    PlanReporter reporter,
    PlanAudit audit,
    PlanMetrics metrics,
    ILogger<PlanFlow<TPlan>> logger)
    where TPlan : class
{
    private PlanOrigin _origin = PlanOrigin.Store;

    /// <summary>Takes what the module stored in an earlier run, so that it can work before it hears from the hub.</summary>
    /// <returns>False if it must not be used; it is reported then.</returns>
    public bool TryTakeStored(StoredPlan stored)
    {
        switch (Read(stored.Desired, out DesiredDocument? document))
        {
            case PlanReading<TPlan>.Accepted accepted:
                PutInForce(accepted.Plan, stored.Version, document!.Hash, PlanOrigin.Store);
                reporter.Report(PlanReport.Accepted(stored.Version, "In force, from the last run."));
                return true;
            case PlanReading<TPlan>.Refused refused:
                metrics.StoreFailed();
                Refuse(stored.Version, PlanOrigin.Store, document?.Hash, refused.Faults, "What was accepted in an earlier run cannot be used now.");
                return false;
            default:
                throw new InvalidOperationException("A plan reader accepts or refuses.");
        }
    }

    /// <summary>Takes the local file. It is used until the twin gives something.</summary>
    /// <returns>The faults that forbid its use; empty if it is in force.</returns>
    public ImmutableArray<PlanFault> TakeFile(ReadOnlyMemory<byte> content)
    {
        switch (Read(content, out DesiredDocument? document))
        {
            case PlanReading<TPlan>.Accepted accepted:
                PutInForce(accepted.Plan, version: 0, document!.Hash, PlanOrigin.File);
                reporter.Report(PlanReport.Accepted(version: 0, "In force, from the local file."));
                return [];
            case PlanReading<TPlan>.Refused refused:
                return refused.Faults;
            default:
                throw new InvalidOperationException("A plan reader accepts or refuses.");
        }
    }

    /// <summary>Takes the complete desired properties from the twin.</summary>
    public async Task TakeDesiredAsync(DesiredProperties desired, CancellationToken cancellationToken)
    {
        await JudgeAsync(desired, cancellationToken);
        SpareMemory.GiveBack();
    }

    private async Task JudgeAsync(DesiredProperties desired, CancellationToken cancellationToken)
    {
        if (desired.Document.Count == 0 && current.Value is not null && _origin == PlanOrigin.File)
        {
            EmptyTwin(desired.Version);
            return;
        }

        switch (Read(DesiredDocument.BytesOf(desired.Document), out DesiredDocument? document))
        {
            case PlanReading<TPlan>.Accepted accepted:
                await AcceptAsync(accepted.Plan, desired.Version, document!, cancellationToken);
                break;
            case PlanReading<TPlan>.Refused refused:
                Refuse(desired.Version, PlanOrigin.Twin, document?.Hash, refused.Faults, "Refused. What was in force before stays in force.");
                break;
            default:
                throw new InvalidOperationException("A plan reader accepts or refuses.");
        }
    }

    private PlanReading<TPlan> Read(ReadOnlyMemory<byte> utf8, out DesiredDocument? document)
    {
        if (!DesiredDocument.TryParse(utf8, out document, out PlanFault? fault))
        {
            return new PlanReading<TPlan>.Refused([fault]);
        }

        // What is in force is not judged again: a file that it names may have made room for the one that the next document will name.
        return current.Value is { } edition && IsSame(edition, document) ? new PlanReading<TPlan>.Accepted(edition.Plan) : reader.Read(document.Root);
    }

    private bool IsSame(CurrentPlan<TPlan>.Edition? edition, DesiredDocument document) =>
        _origin != PlanOrigin.File && string.Equals(edition?.ConfigurationHash, document.Hash, StringComparison.Ordinal);

    private async Task AcceptAsync(TPlan plan, long version, DesiredDocument document, CancellationToken cancellationToken)
    {
        CurrentPlan<TPlan>.Edition? before = current.Value;
        bool isSame = IsSame(before, document);
        string description = "In force.";
        if (!isSame)
        {
            // The file and the twin may say the same; from now on the twin counts.
            PutInForce(plan, version, document.Hash, PlanOrigin.Twin);
            metrics.Judged(isAccepted: true);
            audit.Accepted(PlanOrigin.Twin, version, before?.ConfigurationHash, document.Hash);
        }

        if (!isSame || before?.Version != version)
        {
            description = await StoreAsync(version, document, cancellationToken);
        }

        reporter.Report(PlanReport.Accepted(version, description));
    }

    private async Task<string> StoreAsync(long version, DesiredDocument document, CancellationToken cancellationToken)
    {
        PlanSave saved = await store.SaveAsync(new StoredPlan(version, document.Canonical), cancellationToken);
        if (saved is not PlanSave.NotSaved failed)
        {
            return "In force.";
        }

        metrics.StoreFailed();
        NotStored(version, failed.Reason);
        return "In force, but not stored: the module cannot start with it while it has no connection.";
    }

    private void PutInForce(TPlan plan, long version, string hash, PlanOrigin origin)
    {
        _origin = origin;
        current.Replace(new CurrentPlan<TPlan>.Edition(plan, version, hash));
        metrics.InForce(version);
        InForce(version, hash, origin);
    }

    private void Refuse(long version, PlanOrigin origin, string? hash, ImmutableArray<PlanFault> faults, string description)
    {
        metrics.Judged(isAccepted: false);
        audit.Refused(origin, version, current.Value?.ConfigurationHash, hash, faults);
        reporter.Report(PlanReport.Refused(version, description, faults));
        Refused(version, origin, faults.Length, faults[0].Pointer, faults[0].Reason);
    }

    [LoggerMessage(4310, LogLevel.Information, "Configuration version {Version} ({Hash}) from {Origin} is in force.")]
    private partial void InForce(long version, string hash, PlanOrigin origin);

    [LoggerMessage(4311, LogLevel.Error, "Configuration version {Version} from {Origin} was refused with {Count} faults, the first at '{Pointer}': {Reason}")]
    private partial void Refused(long version, PlanOrigin origin, int count, string pointer, string reason);

    [LoggerMessage(4312, LogLevel.Error, "Configuration version {Version} is in force but could not be stored: {Reason}")]
    private partial void NotStored(long version, string reason);

    [LoggerMessage(4313, LogLevel.Information, "The twin is empty (version {Version}); the local file stays in force.")]
    private partial void EmptyTwin(long version);
}
