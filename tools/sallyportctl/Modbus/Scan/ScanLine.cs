using Sallyport.Ctl.Modbus.Read;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Sends the requests of a scan: one at a time, with silence after each, and gives up when nobody answers any more.</summary>
/// <remarks>Facts 6.33: fragile devices do not survive rapid questions and reconnects.</remarks>
internal sealed class ScanLine(IModbusMaster master, TimeSpan pause, TimeProvider time)
{
    private const int BusyTries = 3;
    private const int MaxUnreachable = 2;

    private static readonly ReadOutcome.Unreachable ByTheOperator = new("by the operator");

    private int _unreachable;

    /// <summary>How many requests were sent; those for an identification not counted.</summary>
    public int Requests { get; private set; }

    /// <summary>How many units were asked who they are; each takes one request or a few.</summary>
    public int Identifications { get; private set; }

    /// <summary>Why it is of no use to go on; null as long as it is.</summary>
    public ReadOutcome.Unreachable? Lost { get; private set; }

    /// <summary>Sends one request; while the device is busy, again.</summary>
    public async Task<ReadOutcome> AskAsync(byte unitId, ReadRequest request, CancellationToken cancellationToken)
    {
        for (int i = 1; ; i++)
        {
            if (await OnceAsync(unitId, request, cancellationToken) is not { } outcome)
            {
                return Lost = ByTheOperator;
            }

            _unreachable = outcome is ReadOutcome.Unreachable ? _unreachable + 1 : 0;
            Lost = _unreachable >= MaxUnreachable ? (ReadOutcome.Unreachable)outcome : null;
            if (i == BusyTries || !IsWorthAnother(outcome))
            {
                return outcome;
            }
        }
    }

    /// <summary>Asks a unit who it is. Whatever comes of it, the scan goes on: many devices do not know the function, and some hang up.</summary>
    public async Task<IdentifyOutcome> IdentifyAsync(byte unitId, CancellationToken cancellationToken)
    {
        try
        {
            IdentifyOutcome outcome = await master.IdentifyAsync(unitId, cancellationToken);
            Identifications++;
            await Task.Delay(pause, time, cancellationToken);
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new IdentifyOutcome.Failed(Lost = ByTheOperator);
        }
    }

    private bool IsWorthAnother(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Refused refused => refused.Code.MeansBusy,
        ReadOutcome.Unreachable => Lost is null,
        _ => false,
    };

    /// <summary>Sends the request once. Null if the operator stopped it: what was found so far is worth showing, so that this is no exception.</summary>
    private async Task<ReadOutcome?> OnceAsync(byte unitId, ReadRequest request, CancellationToken cancellationToken)
    {
        try
        {
            AddressBlock block = await AddressBlock.ReadAsync(master, unitId, request, cancellationToken);
            Requests++;
            await Task.Delay(pause, time, cancellationToken);
            return block.Outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
