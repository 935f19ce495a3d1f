using Sallyport.Posture.Report;

namespace Sallyport.Posture;

/// <summary>All that the checks look at.</summary>
/// <param name="Host">What was gathered on the host.</param>
/// <param name="Gateway">What the modules know.</param>
/// <param name="At">Now.</param>
public sealed record PostureEvidence(ReportReading Host, GatewayFacts Gateway, DateTimeOffset At);
