using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sallyport.Identity;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Configuration;

/// <summary>Finds a first plan without the hub: from the store, or, if nothing usable was ever stored, from the local file.</summary>
internal sealed partial class PlanSeed<TPlan>(
    PlanFlow<TPlan> flow,
    PlanStore store,
    IHubConnection hub,
    PlanAudit audit,
    PlanMetrics metrics,
    IOptions<EdgeModuleOptions> options,
    TimeProvider time,
    ILogger<PlanSeed<TPlan>> logger)
    where TPlan : class
{
    private const int MaxFileSizeInBytes = 1024 * 1024;
    private const string FileVariable = $"{EdgeModuleOptions.Section}__{nameof(EdgeModuleOptions.ConfigurationFile)}";

    private static readonly TimeSpan KeyLimit = TimeSpan.FromSeconds(15);

    /// <summary>Puts a first plan in force if there is one. Waits at most 15 s for the key that proves the stored one.</summary>
    /// <exception cref="StartRefusedException">The local file is needed and cannot be used.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        switch (await LoadAsync(cancellationToken))
        {
            case PlanLoad.Loaded { Plan: StoredPlan plan }:
                if (flow.TryTakeStored(plan))
                {
                    hub.SeedDesired(new DesiredProperties(plan.Version, JsonNode.Parse(plan.Desired.Span)!.AsObject()));
                }

                break;
            case PlanLoad.Refused { Reason: string reason }:
                metrics.StoreFailed();
                audit.StoreDistrusted(reason);
                NotUsed(reason);
                await TakeFileAsync(cancellationToken);
                break;
            default:
                await TakeFileAsync(cancellationToken);
                break;
        }
    }

    private async Task<PlanLoad> LoadAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(KeyLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await store.LoadAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new PlanLoad.Refused($"The key that proves it did not answer within {KeyLimit.TotalSeconds} s.");
        }
    }

    private async Task TakeFileAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ConfigurationFile is not { } path)
        {
            return;
        }

        ImmutableArray<PlanFault> faults = flow.TakeFile(await ReadFileAsync(path, cancellationToken));
        if (!faults.IsEmpty)
        {
            string more = faults.Length > 1 ? $" ({faults.Length - 1} more faults)" : "";
            throw new StartRefusedException($"{FileVariable} {path}#{faults[0].Pointer}", faults[0].Reason + more);
        }
    }

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path).Length <= MaxFileSizeInBytes
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : throw new StartRefusedException($"{FileVariable} {path}", $"It has more than {MaxFileSizeInBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{FileVariable} {path}", e.Message);
        }
    }

    [LoggerMessage(4314, LogLevel.Error, "The stored configuration is not used: {Reason}")]
    private partial void NotUsed(string reason);
}
