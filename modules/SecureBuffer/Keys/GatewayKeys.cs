using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Keys;
using Sallyport.Identity.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>The gateway's own keys in a TPM, a token or files: one for the data keys of the rings, one that signs checkpoints. Opened before the rings are.</summary>
internal sealed partial class GatewayKeys : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly ILogger<GatewayKeys> _logger;

    public GatewayKeys(DeviceKeyPlan plan, string folder, IMeterFactory meters, TimeProvider time, ILogger<GatewayKeys> logger)
    {
        (Plan, _time, _logger) = (plan, time, logger);
        PinnedKey[] keys = [new(DeviceKeySlot.KeyEncryption, plan, folder, time), new(DeviceKeySlot.Checkpoint, plan, folder, time)];
        (Keys, Agreement, Signer) = ([.. keys], new DeviceKeyAgreement(keys[0]), new DeviceKeySigner(keys[1]));
        Metrics = new DeviceKeyMetrics(meters, this);
    }

    /// <summary>Where they may be.</summary>
    public DeviceKeyPlan Plan { get; }

    public ImmutableArray<PinnedKey> Keys { get; }

    /// <summary>Reads them.</summary>
    public DeviceKeyMetrics Metrics { get; }

    /// <summary>For the data keys of the rings.</summary>
    public DeviceKeyAgreement Agreement { get; }

    /// <summary>For checkpoints.</summary>
    public DeviceKeySigner Signer { get; }

    /// <summary>How often keys had to be opened again, by provider.</summary>
    public IEnumerable<(string Provider, int Times)> Reopenings => Plan.Providers.Select(provider => (provider.Name, provider.Reopenings));

    /// <summary>Returns when both keys are open. While one is not, nothing is taken from edgeHub, which keeps it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (PinnedKey key in Keys)
        {
            var name = DeviceKeySlots.NameOf(key.Slot);
            while (await key.OpenAsync(cancellationToken) is { } reason)
            {
                LogUnavailable(name, reason, Pause.TotalSeconds);
                await Task.Delay(Pause, _time, cancellationToken);
            }

            LogOpened(name, key.Pin!.Provider, key.Protection!.Value);
            if (key.IsSteppedDown)
            {
                LogSteppedDown(name, key.Pin.Provider, string.Join("; ", key.PassedOver.Select(one => $"{one.Provider}: {one.Reason}")));
            }

            if (key.Protection < KeyProtection.Token)
            {
                LogWeak(name, key.Protection.Value);
            }
        }
    }

    /// <summary>Destroys both keys.</summary>
    /// <returns>What stands in the way.</returns>
    public async Task<ImmutableArray<string>> DestroyAsync()
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (PinnedKey key in Keys)
        {
            if (await key.DestroyAsync() is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults.ToImmutable();
    }

    /// <summary>Closes the keys; they stay where they are.</summary>
    public void Dispose()
    {
        foreach (IDeviceKeyProvider provider in Plan.Providers)
        {
            (provider as IDisposable)?.Dispose();
        }
    }

    [LoggerMessage(2430, LogLevel.Information, "The gateway's key {Key} is in {Provider} ({Protection}).")]
    private partial void LogOpened(string key, string provider, KeyProtection protection);

    [LoggerMessage(2431, LogLevel.Warning, "The gateway's key {Key} cannot be used: {Reason}. Nothing is taken from edgeHub; tried again in {Seconds} s.")]
    private partial void LogUnavailable(string key, string reason, double seconds);

    [LoggerMessage(2432, LogLevel.Error, "The gateway's key {Key} is in {Provider}, which is not the provider that is preferred. {Reasons}")]
    private partial void LogSteppedDown(string key, string provider, string reasons);

    [LoggerMessage(2433, LogLevel.Warning, "The gateway's key {Key} has the protection {Protection} only: who takes the disk away may have the key with it.")]
    private partial void LogWeak(string key, KeyProtection protection);
}
