using Sallyport.Simulator.Check;

namespace Sallyport.Simulator.Cloud;

/// <summary>One message that somebody forged, took away or sent again.</summary>
/// <param name="Pages">What a check has to name.</param>
/// <param name="IsCopy">It is the same in everything, its message id too. Nobody can tell that from a redelivery: it has to be without effect, and counted as one.</param>
internal sealed record Injection(NamedPages Pages, bool IsCopy);
