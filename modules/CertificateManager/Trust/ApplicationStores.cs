using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Configuration;
using Sallyport.Identity.OpcUa;
using OpcUaStore = Sallyport.CertificateManager.Configuration.OpcUaStore;
using Store = Sallyport.Identity.OpcUa.OpcUaStore;

namespace Sallyport.CertificateManager.Trust;

/// <summary>Keeps up the certificate stores of the box's OPC UA applications: each trusts the certificates of those that it was told to, the one before for a while too, so
/// that no connection ends when an application renews its own; and what strangers present does not fill the disk.</summary>
internal sealed partial class ApplicationStores(IMeterFactory meters, TimeProvider time, ILogger<ApplicationStores> logger)
{
    private const int MostRejected = 64;

    private readonly Dictionary<string, OpcUaStores> _byPath = new(StringComparer.Ordinal);

    /// <summary>Looks at all stores of a plan. What cannot be done in one is a fault, and the others are kept up.</summary>
    public async Task KeepUpAsync(CertificatePlan plan, Action<string> onFault, CancellationToken cancellationToken)
    {
        foreach (OpcUaStore store in plan.Stores)
        {
            try
            {
                _ = Of(store).CapRejected(MostRejected);
                foreach (var name in store.Trusts)
                {
                    await TrustAsync(store, plan.Stores.First(one => string.Equals(one.Name, name, StringComparison.Ordinal)), plan.Overlap, onFault, cancellationToken);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                onFault($"the OPC UA store {store.Name} cannot be kept up: {e.Message}");
            }
        }
    }

    private async Task TrustAsync(OpcUaStore store, OpcUaStore peer, TimeSpan overlap, Action<string> onFault, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        StoredCertificate[] own = [.. Of(peer).List(Store.Own).Certificates.Where(one => IsGood(one, now))];
        StoredCertificate[] trusted = [.. Of(store).List(Store.Trusted).Certificates.Where(one => IsGood(one, now))];
        foreach (IGrouping<string, StoredCertificate> application in own.GroupBy(one => one.Application, StringComparer.Ordinal))
        {
            StoredCertificate current = application.MaxBy(one => one.NotBefore)!;
            StoredCertificate? previous = EndOfOverlap(current, trusted, overlap) is { } end && now >= end ? null : trusted.Concat(application)
                .Where(one => string.Equals(one.Application, application.Key, StringComparison.Ordinal) && !IsSame(one, current))
                .MaxBy(one => one.NotBefore);
            using X509Certificate2 first = X509CertificateLoader.LoadCertificateFromFile(current.Path);
            using X509Certificate2? second = previous is null ? null : X509CertificateLoader.LoadCertificateFromFile(previous.Path);
            switch (await Of(store).TrustAsync(first, second, cancellationToken))
            {
                case Identity.OpcUa.TrustOutcome.Done { Added: var added, Removed: var removed } when added + removed > 0:
                    LogTrusted(store.Name, application.Key, current.Thumbprint, added, removed);
                    break;
                case Identity.OpcUa.TrustOutcome.Refused refused:
                    onFault($"the OPC UA store {store.Name} does not trust what is in {peer.Name}: {refused.Reason}");
                    break;
            }
        }
    }

    // Counted from when the current one came into the store, not from when it was signed: it may have waited.
    private static DateTimeOffset? EndOfOverlap(StoredCertificate current, StoredCertificate[] trusted, TimeSpan overlap) =>
        trusted.FirstOrDefault(one => IsSame(one, current)) is { } there ? new DateTimeOffset(File.GetLastWriteTimeUtc(there.Path)) + overlap : null;

    private static bool IsGood(StoredCertificate one, DateTimeOffset now) => one.Application.Length > 0 && one.NotBefore <= now && now < one.NotAfter;

    private static bool IsSame(StoredCertificate one, StoredCertificate other) => string.Equals(one.Thumbprint, other.Thumbprint, StringComparison.Ordinal);

    private OpcUaStores Of(OpcUaStore store) =>
        _byPath.TryGetValue(store.Path, out OpcUaStores? known) ? known : _byPath[store.Path] = new OpcUaStores(store.Path, meters);

    [LoggerMessage(6352, LogLevel.Information, "The OPC UA store {Store} trusts {Application} with the certificate {Thumbprint}: {Added} were added, {Removed} removed")]
    private partial void LogTrusted(string store, string application, string thumbprint, int added, int removed);
}
