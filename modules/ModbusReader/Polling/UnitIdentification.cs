using Microsoft.Extensions.Logging;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Publishing;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Asks a unit who it is, if its plan wants that: once when it first answers a poll, and once each time it is back after it did not answer. A unit that does
/// not say so is never asked again.</summary>
/// <remarks>It goes on beside the polls. A connection serves requests in the order in which they came, so that a poll waits for one request of this at most.</remarks>
internal sealed partial class UnitIdentification(
    UnitPlan unit, IModbusMaster master, Action<DeviceIdentity?> tell, ReadingMetrics metrics, ILogger<UnitIdentification> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _asking = Task.CompletedTask;
    private bool _isAway = true;
    private volatile bool _isUnwilling = !unit.WantsIdentification;

    /// <summary>The unit is in another state. Called in order, and returns at once.</summary>
    public void Moved(DeviceState state)
    {
        bool wasAway = _isAway;
        _isAway = state is not (DeviceState.Online or DeviceState.Degraded);
        if (wasAway && !_isAway && !_isUnwilling && _asking.IsCompleted)
        {
            _asking = Task.Run(AskAsync, CancellationToken.None);
        }
    }

    /// <summary>Asks no more; what is on its way is waited for in <see cref="DisposeAsync"/>.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends it. Only when the unit is not polled any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _stop.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            Settle(await master.IdentifyAsync(unit.UnitId, _stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    private void Settle(IdentifyOutcome outcome)
    {
        DeviceIdentity? identity = outcome is IdentifyOutcome.Identified identified ? UnitIdentity.Of(identified.Objects) : null;
        _isUnwilling = identity is null;
        tell(identity);
        metrics.Identified(isKnown: identity is not null);
        if (identity is null)
        {
            LogUnwilling(unit.Name, outcome is IdentifyOutcome.Failed failed ? ReadFailure.Of(failed.Outcome).Reason : "nothing in it");
        }
        else
        {
            LogIdentified(unit.Name, identity.ProductCode, identity.Vendor, identity.Revision);
        }
    }

    [LoggerMessage(1222, LogLevel.Information, "Unit {Unit} says that it is {ProductCode} of {Vendor}, revision {Revision}")]
    private partial void LogIdentified(string unit, string? productCode, string? vendor, string? revision);

    [LoggerMessage(1223, LogLevel.Information, "Unit {Unit} does not say who it is, and is not asked again: {Reason}")]
    private partial void LogUnwilling(string unit, string reason);
}
