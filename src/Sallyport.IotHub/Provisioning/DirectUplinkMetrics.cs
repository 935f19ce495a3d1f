using System.Diagnostics.Metrics;

namespace Sallyport.IotHub.Provisioning;

/// <summary>What the direct uplink counts: its registrations, and its connection like any other, with the label <c>link</c>. One for the process.</summary>
public sealed class DirectUplinkMetrics
{
    private readonly Counter<long> _registrations;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _certificateFailures;

    /// <summary>Creates the instruments; counters start at 0.</summary>
    public DirectUplinkMetrics(IMeterFactory meters, TimeProvider time)
    {
        Meter meter = meters.Create(HubConnectionMetrics.MeterName);
        _registrations = meter.CreateCounter<long>(
            "sallyport.provisioning.registrations", unit: "{registration}", description: "Registrations at the provisioning service, by outcome.");
        _fallbacks = meter.CreateCounter<long>(
            "sallyport.provisioning.fallbacks", unit: "{certificate}", description: "Times that a certificate was refused and the one before was tried.");
        _certificateFailures = meter.CreateCounter<long>(
            "sallyport.provisioning.certificate_failures", unit: "{attempt}", description: "Times that no certificate of the direct uplink could be read.");
        Connection = new HubConnectionMetrics(meters, "direct", time, link: "direct");
        _fallbacks.Add(0);
        _certificateFailures.Add(0);
        foreach (string outcome in (ReadOnlySpan<string>)["assigned", "disabled", "failed", "unauthorized", "unreachable", "busy"])
        {
            _registrations.Add(0, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <summary>What the connection counts.</summary>
    internal HubConnectionMetrics Connection { get; }

    internal void Registered(ProvisioningOutcome outcome) => _registrations.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        ProvisioningOutcome.Assigned => "assigned",
        ProvisioningOutcome.Disabled => "disabled",
        ProvisioningOutcome.Failed => "failed",
        ProvisioningOutcome.Unauthorized => "unauthorized",
        ProvisioningOutcome.Unreachable => "unreachable",
        _ => "busy",
    }));

    internal void FellBack() => _fallbacks.Add(1);

    internal void NoCertificate() => _certificateFailures.Add(1);
}
