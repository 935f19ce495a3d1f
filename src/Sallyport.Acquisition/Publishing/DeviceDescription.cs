using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Publishing;

/// <summary>Sends what does not change from frame to frame about one device, as often as something of it did change.</summary>
/// <typeparam name="TSource">What the plan says of it.</typeparam>
/// <remarks>Safe from any thread.</remarks>
public sealed class DeviceDescription<TSource>
    where TSource : class
{
    private readonly Outbox _outbox;
    private readonly Func<TSource, string, DeviceMetadata> _describe;
    private readonly Lock _lock = new();
    private TSource? _plan;
    private string _source = "";
    private string _configurationHash = "";
    private DeviceIdentity? _identity;

    internal DeviceDescription(Outbox outbox, Func<TSource, string, DeviceMetadata> describe) => (_outbox, _describe) = (outbox, describe);

    /// <summary>A plan is in force.</summary>
    /// <param name="source">The device.</param>
    /// <param name="plan">What the plan says of it.</param>
    /// <param name="configurationHash">Hash of the whole configuration.</param>
    public void Use(string source, TSource plan, string configurationHash)
    {
        lock (_lock)
        {
            (_source, _plan, _configurationHash) = (source, plan, configurationHash);
            Send_NeedsLock(plan);
        }
    }

    /// <summary>The device said who it is, or did not.</summary>
    public void Identify(DeviceIdentity? identity)
    {
        lock (_lock)
        {
            bool isNew = identity != _identity;
            _identity = identity;
            if (isNew && _plan is { } plan)
            {
                Send_NeedsLock(plan);
            }
        }
    }

    private void Send_NeedsLock(TSource plan)
    {
        (string hash, DeviceIdentity? identity) = (_configurationHash, _identity);
        _outbox.AddMetadata(_source, hash, () => _describe(plan, hash) with { Identity = identity });
    }
}
