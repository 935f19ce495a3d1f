using System.Collections.Immutable;

namespace Sallyport.Identity.Keys;

/// <summary>Which provider has a key of the gateway.</summary>
public abstract record KeyChoice
{
    private KeyChoice()
    {
    }

    /// <summary>This one, and the key works.</summary>
    /// <param name="Provider">The first in the configured order whose key does what it is for.</param>
    /// <param name="Key">Its key.</param>
    /// <param name="IsNew">True if the key was made just now.</param>
    /// <param name="PassedOver">Those before it, with their reasons. If there is one, the gateway is not as it was meant to be: an alert is due.</param>
    public sealed record Chosen(IDeviceKeyProvider Provider, IDeviceKey Key, bool IsNew, ImmutableArray<RefusedKeyProvider> PassedOver) : KeyChoice
    {
        /// <summary>True if a provider that was preferred did not do.</summary>
        public bool IsStepDown => !PassedOver.IsEmpty;
    }

    /// <summary>None of them. Nothing may be used in their place.</summary>
    /// <param name="Refused">All of them, with their reasons.</param>
    public sealed record None(ImmutableArray<RefusedKeyProvider> Refused) : KeyChoice
    {
        /// <summary>All reasons in one text, for people.</summary>
        public string Reason => Refused.IsEmpty ? "no provider is configured" : string.Join("; ", Refused.Select(one => $"{one.Provider}: {one.Reason}"));
    }
}
