namespace Sallyport.Telemetry;

/// <summary>A device or unit changed its state: <c>sallyport.status/1</c>. Sent on change only; the first one announces the session.</summary>
/// <param name="Source">The device, as in its frames.</param>
/// <param name="Protocol">As in its frames.</param>
/// <param name="Session">As in its frames.</param>
/// <param name="State">The new state.</param>
/// <param name="Since">When it began.</param>
/// <param name="Reason">A few words; null when there is nothing to say.</param>
/// <param name="ConsecutiveFailures">Failed reads without a good one between; 0 when online.</param>
/// <param name="NextRetry">When the reader will ask again, if it is waiting.</param>
public sealed record DeviceStatus(
    string Source,
    string Protocol,
    string Session,
    DeviceState State,
    DateTimeOffset Since,
    string? Reason = null,
    int ConsecutiveFailures = 0,
    DateTimeOffset? NextRetry = null)
{
    /// <summary>Name and major version in the <c>schema</c> member and property.</summary>
    public const string Schema = "sallyport.status/1";
}
