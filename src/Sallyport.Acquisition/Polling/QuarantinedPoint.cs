namespace Sallyport.Acquisition.Polling;

/// <summary>A point that is asked for rarely.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Reason">What the device said, and when it is asked again.</param>
public sealed record QuarantinedPoint(string Name, string Reason);
