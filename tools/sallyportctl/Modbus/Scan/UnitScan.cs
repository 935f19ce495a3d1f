using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Asks each unit for one address, and if it is wanted, who it is. Any answer shows that it is there.</summary>
internal sealed class UnitScan(ScanLine line, ScanJob job)
{
    /// <summary>Asks all units, until the connection is lost.</summary>
    public async Task<List<UnitFinding>> RunAsync(Action<int> done, CancellationToken cancellationToken)
    {
        var findings = new List<UnitFinding>();
        var request = new ReadRequest(job.Table, job.Range?.From ?? 0, quantity: 1);
        foreach (byte unitId in job.Units)
        {
            ReadOutcome outcome = await line.AskAsync(unitId, request, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            var finding = new UnitFinding(unitId, outcome, Identity: null);
            bool isAsked = job.IsForIdentity && finding.IsThere;
            findings.Add(isAsked ? finding with { Identity = await line.IdentifyAsync(unitId, cancellationToken) } : finding);
            done(findings.Count);
            if (line.Lost is not null)
            {
                break;
            }
        }

        return findings;
    }
}
