using Sallyport.Acquisition;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Publishing;

/// <summary>Sends what does not change from frame to frame about one unit, as often as something of it did change.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class UnitDescription(Outbox outbox, FrameAssembler assembler)
{
    private readonly Lock _lock = new();
    private UnitPlan? _plan;
    private string _configurationHash = "";
    private DeviceIdentity? _identity;

    /// <summary>A plan is in force.</summary>
    public void Use(UnitPlan plan, string configurationHash)
    {
        lock (_lock)
        {
            (_plan, _configurationHash) = (plan, configurationHash);
            Send_NeedsLock(plan);
        }
    }

    /// <summary>The unit said who it is, or did not.</summary>
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

    private void Send_NeedsLock(UnitPlan plan)
    {
        (string hash, DeviceIdentity? identity) = (_configurationHash, _identity);
        outbox.AddMetadata(plan.Name, hash, () => UnitMetadata.Of(plan, assembler, hash) with { Identity = identity });
    }
}
