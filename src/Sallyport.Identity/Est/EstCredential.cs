using System.Net.Security;

namespace Sallyport.Identity.Est;

/// <summary>What we show an enrolment server.</summary>
/// <param name="Context">Our certificate with its key and its issuers; null to show none, as for <c>/cacerts</c>.</param>
/// <param name="TakeTurn">Waits for the key to be free before a handshake; see <see cref="Keys.IDeviceKey.TakeTurnAsync"/>.</param>
public sealed record EstCredential(SslStreamCertificateContext? Context, Func<CancellationToken, Task<IDisposable>>? TakeTurn = null)
{
    /// <summary>Shows nothing.</summary>
    public static EstCredential None { get; } = new(Context: null);
}
