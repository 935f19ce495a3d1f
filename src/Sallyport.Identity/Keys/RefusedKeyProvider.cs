namespace Sallyport.Identity.Keys;

/// <summary>A provider that was asked for a key and passed over.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Protection">What its keys would have had.</param>
/// <param name="Reason">For people: why not, and what to do.</param>
public sealed record RefusedKeyProvider(string Provider, KeyProtection Protection, string Reason);
