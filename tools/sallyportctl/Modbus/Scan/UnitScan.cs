using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Asks each unit for one address. Any answer shows that it is there.</summary>
/// <param name="line">Sends the requests.</param>
/// <param name="job">What is to be scanned.</param>
/// <param name="identify">Asks a unit who it is (function 43/14); null where that is not known.</param>
internal sealed class UnitScan(ScanLine line, ScanJob job, Func<byte, CancellationToken, ValueTask<string?>>? identify = null)
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

            var finding = new UnitFinding(unitId, outcome, Identification: null);
            findings.Add(finding.IsThere && identify is not null ? finding with { Identification = await identify(unitId, cancellationToken) } : finding);
            done(findings.Count);
            if (line.Lost is not null)
            {
                break;
            }
        }

        return findings;
    }
}
