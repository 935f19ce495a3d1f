using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>The SSH daemon.</summary>
/// <param name="Source"><c>sshd -T</c>: the daemon said so itself; <c>files</c>: read from its files.</param>
/// <param name="Settings">Those that the checks look at.</param>
/// <param name="HostKeys">What it proves its name with.</param>
public sealed record SshFacts(string Source, ImmutableArray<SshSetting> Settings, ImmutableArray<SshHostKey> HostKeys);
