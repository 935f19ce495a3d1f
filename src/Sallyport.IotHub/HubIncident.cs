namespace Sallyport.IotHub;

/// <summary>An incident of the connection, for the security event feed.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Detail">One sentence for a person; never a token, key or payload.</param>
public sealed record HubIncident(HubIncidentKind Kind, DateTimeOffset At, string Detail);
