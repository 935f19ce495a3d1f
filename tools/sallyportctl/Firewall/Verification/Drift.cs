namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>One difference between the plan and what is loaded.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Block">Where, such as <c>chain forward</c>.</param>
/// <param name="Line">The rule or the property; empty for the block as a whole.</param>
internal sealed record Drift(DriftKind Kind, string Block, string Line);
