using Microsoft.Extensions.Configuration;
using Sallyport.Hosting.Metrics;
using Sallyport.Identity.Keys;

namespace Sallyport.Hosting;

/// <summary>The public authorities that come with the operating system. No connection of ours trusts any of them: each names its own roots.</summary>
internal static class SystemRoots
{
    private const string Nowhere = "/dev/null";

    // The two variables of OpenSSL that say where they lie.
    private static readonly string[] Places = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <summary>Leaves them out of this process: each first handshake would read and keep all of them, in more time than the rest of it takes.</summary>
    /// <remarks>Comes before the first handshake. Where metrics or traces are sent by OTLP they stay, since its collector may have a certificate of theirs,
    /// and so does a place that the environment names.</remarks>
    public static void LeaveOut(IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration[ModuleMetrics.OtlpEndpoint]))
        {
            return;
        }

        foreach (string place in Places)
        {
            ProcessEnvironment.Set(place, Nowhere, isDefault: true);
        }
    }
}
