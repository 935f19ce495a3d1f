using Sallyport.Identity.Keys;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Which provider has the keys of the identity. Closed.</summary>
internal abstract record KeySearch
{
    private KeySearch()
    {
    }

    /// <summary>This one.</summary>
    /// <param name="Provider">Has both slots.</param>
    /// <param name="IsKeyLost">The key of the certificate in use is nowhere: all providers answered, and none has it.</param>
    /// <param name="PassedOver">Why preferred providers were not taken, in one text; empty if none was.</param>
    internal sealed record Found(IDeviceKeyProvider Provider, bool IsKeyLost, string PassedOver) : KeySearch
    {
        /// <summary>True if the free slot has a key that was made and tried just now.</summary>
        public bool IsNew { get; init; }
    }

    /// <summary>Not now. Nothing else is taken in its place.</summary>
    internal sealed record Waiting(string Reason) : KeySearch;
}
