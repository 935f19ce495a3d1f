using Sallyport.Identity.Revocation;

namespace Sallyport.Hosting.Configuration;

/// <summary>Reads what a link demands of revocation lists.</summary>
public static class RevocationPolicyReader
{
    private const int MaxLength = 32;

    /// <summary>The policy; proof is demanded where nothing is said.</summary>
    /// <param name="entry">Where it would stand.</param>
    /// <returns>Null if it is refused.</returns>
    public static RevocationPolicy? Read(DesiredReader entry)
    {
        if (!entry.Exists)
        {
            return RevocationPolicy.Require.Instance;
        }

        if (!entry.TryText(MaxLength, out string? text))
        {
            return null;
        }

        if (!RevocationPolicy.TryRead(text, out RevocationPolicy? policy))
        {
            entry.Refuse("Write require, grace:24 (1 to 720 hours that a list counts after its time), or none-published if the authority publishes no lists.");
        }

        return policy;
    }
}
