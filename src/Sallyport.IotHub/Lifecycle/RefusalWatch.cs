using Sallyport.Identity;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>Decides when refusals are worth an incident: credentials at the third refusal in a row and at each doubling, a certificate when
/// the fault is a new one. Pure.</summary>
internal sealed class RefusalWatch
{
    private const int FirstReport = 3;

    private int _refusals;
    private int _nextReport = FirstReport;
    private CertificateFault? _lastFault;

    /// <summary>CONNACK 4 or 5. Returns how many in a row, when that is to be reported.</summary>
    public int? Unauthorized()
    {
        if (++_refusals < _nextReport)
        {
            return null;
        }

        _nextReport *= 2;
        return _refusals;
    }

    /// <summary>The broker's certificate was refused. Returns whether that is to be reported.</summary>
    public bool Untrusted(CertificateFault fault)
    {
        bool isNew = _lastFault != fault;
        _lastFault = fault;
        return isNew;
    }

    /// <summary>A connection came up: what was refused before is over.</summary>
    public void Opened()
    {
        _refusals = 0;
        _nextReport = FirstReport;
        _lastFault = null;
    }
}
