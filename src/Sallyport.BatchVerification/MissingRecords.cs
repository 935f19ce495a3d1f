using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>Records that did not arrive.</summary>
/// <param name="Range">Where their numbers lie.</param>
/// <param name="Count">How many; fewer than the range if others of it are told of elsewhere.</param>
/// <param name="Kind">What is known of them.</param>
/// <param name="Reason">What the gap record says; null if there is none.</param>
public sealed record MissingRecords(NumberRange Range, long Count, MissingKind Kind, GapReason? Reason);
