using System.Globalization;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Looks for the reason in our own certificate when somebody refuses it: over TLS 1.3 he only closes, and a CONNACK is one number.</summary>
/// <param name="time">Gives the time of judgement.</param>
/// <param name="findRevocation">Says in one sentence that our certificate, or an authority above it, is on a revocation list that we hold; null if it is not.</param>
public sealed class OwnCertificateCheck(TimeProvider time, Func<DeviceCertificate, string?>? findRevocation = null)
{
    /// <summary>What is wrong with our certificate, and what to do, in one sentence; null if we find nothing.</summary>
    public string? FindFault(DeviceCertificate own)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return now < own.Leaf.NotBefore.ToUniversalTime()
                ? $"our own {own} is valid only from {Text(own.Leaf.NotBefore)}: set this machine's clock, which says {Text(now)}"
            : now >= own.Leaf.NotAfter.ToUniversalTime()
                ? $"our own {own} expired at {Text(own.Leaf.NotAfter)}, and the clock says {Text(now)}: renew it"
            : findRevocation?.Invoke(own);
    }

    /// <summary>What to look at when nothing is wrong with the certificate itself.</summary>
    internal static string Advice(DeviceCertificate own) =>
        $"our own {own} is in date, so see whether '{own.CommonName}' is there and enabled, and whether this certificate or its authority is registered for it";

    private static string Text(DateTime at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
