using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>Accounts of the host.</summary>
/// <param name="Accounts">All of them.</param>
/// <param name="DefaultsTried">Whether hashes were compared with usual default passwords.</param>
public sealed record AccountFacts(ImmutableArray<Account> Accounts, bool DefaultsTried);
