namespace Sallyport.Posture.Report;

/// <summary>One setting.</summary>
/// <param name="Keyword">In lower case, for example <c>permitrootlogin</c>.</param>
/// <param name="Value">As the daemon prints it.</param>
/// <param name="Match">The condition of its <c>Match</c> block; left out for all connections.</param>
public sealed record SshSetting(string Keyword, string Value, string? Match = null);
