using Sallyport.SealedRing.Destruction;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>One ring that was destroyed.</summary>
/// <param name="Ring">The lane, or the name of the file that held a ring of former times.</param>
/// <param name="Report">What was destroyed.</param>
internal sealed record FileWipe(string Ring, WipeReport Report);
