using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Keys;
using Sallyport.Identity;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>The device identity as the module CertificateManager keeps it: certificates from its journal, which is only read, and keys from the same TPM or token.</summary>
/// <param name="folder">Of the journal.</param>
/// <param name="keys">Where the gateway's own keys may be; null if none are configured.</param>
/// <param name="restart">Ends this module in good order, so that it is started again.</param>
/// <param name="logger">Takes which key it is.</param>
internal sealed partial class JournalCertificates(string folder, DeviceKeyPlan? keys, Action restart, ILogger<JournalCertificates> logger) : IDeviceCertificates
{
    /// <summary>The journal's name in its folder.</summary>
    public const string FileName = "identity.json";

    private readonly string _file = Path.Combine(folder, FileName);
    private string? _first;

    /// <inheritdoc/>
    public DateTime LastChange => File.GetLastWriteTimeUtc(_file);

    /// <inheritdoc/>
    public async Task<OwnCertificates> ReadAsync(CancellationToken cancellationToken)
    {
        if (keys is null)
        {
            return new OwnCertificates.None("The keys of the identity are the gateway's own, and none are configured: set Sallyport__DeviceKeys__Providers as for CertificateManager.");
        }

        (RenewalJournal? journal, string reason) = await ReadJournalAsync(cancellationToken);
        if (journal is null)
        {
            return new OwnCertificates.None(reason);
        }

        if (journal.Active.Length == 0)
        {
            return new OwnCertificates.None($"{_file} has no certificate yet: see what CertificateManager says. {journal.Reason}".TrimEnd());
        }

        (DeviceCertificate? active, reason) = await BindAsync(journal.Active, journal.ActiveSlot, keys, cancellationToken);
        (DeviceCertificate? previous, _) = journal.State is RenewalState.Overlap && journal.Previous.Length > 0
            ? await BindAsync(journal.Previous, journal.FreeSlot, keys, cancellationToken)
            : (null, "");
        _first ??= journal.Active;
        if (active is null && !string.Equals(journal.Active, _first, StringComparison.Ordinal))
        {
            // A token in a TPM shows a process the keys that there were when the process began.
            LogRestarting(reason);
            restart();
        }

        ImmutableArray<DeviceCertificate> found = [.. new[] { active, previous }.OfType<DeviceCertificate>()];
        if (active is null && previous is not null)
        {
            LogPreviousAlone(previous.ToString(), reason);
        }

        return found.IsEmpty ? new OwnCertificates.None(reason) : new OwnCertificates.Found(found);
    }

    private async Task<(RenewalJournal? Journal, string Reason)> ReadJournalAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(_file).Length <= RenewalJournalJson.MaxSizeInBytes
                && RenewalJournalJson.TryRead(await File.ReadAllBytesAsync(_file, cancellationToken), out RenewalJournal? journal)
                    ? (journal, "")
                    : (null, $"{_file} is not what CertificateManager writes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{_file} cannot be read ({e.Message}): mount the folder of CertificateManager's identity there.");
        }
    }

    private async Task<(DeviceCertificate? Certificate, string Reason)> BindAsync(
        string pem, DeviceKeySlot slot, DeviceKeyPlan plan, CancellationToken cancellationToken)
    {
        if (!CertificateChain.TryRead(pem, out CertificateChain? chain))
        {
            return (null, $"{_file} holds a certificate that cannot be read.");
        }

        using (chain)
        {
            var reasons = new List<string>();
            foreach (IDeviceKeyProvider provider in plan.Providers)
            {
                (DeviceCertificate? certificate, string reason) = await BindAsync(chain, slot, provider, plan.RequiresHardware, cancellationToken);
                if (certificate is not null)
                {
                    return (certificate, "");
                }

                reasons.Add($"{provider.Name}: {reason}");
            }

            return (null, $"The key {DeviceKeySlots.NameOf(slot)} of the identity is not to be had. {string.Join("; ", reasons)}.");
        }
    }

    private async Task<(DeviceCertificate? Certificate, string Reason)> BindAsync(
        CertificateChain chain, DeviceKeySlot slot, IDeviceKeyProvider provider, bool requiresHardware, CancellationToken cancellationToken)
    {
        KeyOpening opening = await provider.OpenAsync(slot, cancellationToken);
        if (opening is KeyOpening.Opened { Key: var stale } && !IsFor(chain.Leaf, stale))
        {
            // CertificateManager has put another key there since.
            provider.Forget(slot);
            opening = await provider.OpenAsync(slot, cancellationToken);
        }

        switch (opening)
        {
            case KeyOpening.Opened { Key: var key } when requiresHardware && key.Protection < KeyProtection.Token:
                return (null, "hardware is required, and its key is not in hardware");
            case KeyOpening.Opened { Key: var key }:
                switch (DeviceCertificate.Bind(key, chain.Leaf, chain.Issuers))
                {
                    case KeyUse<DeviceCertificate>.Done { Result: var certificate }:
                        LogBound(certificate.ToString(), key.Provider, key.Protection);
                        return (certificate, "");
                    case KeyUse<DeviceCertificate>.Unavailable unavailable:
                        return (null, unavailable.Reason);
                    case KeyUse<DeviceCertificate>.Refused refused:
                        return (null, refused.Reason);
                    default:
                        throw new System.Diagnostics.UnreachableException();
                }

            case KeyOpening.Unavailable unavailable:
                return (null, unavailable.Reason);
            case KeyOpening.Refused refused:
                return (null, refused.Reason);
            default:
                return (null, "it has no such key");
        }
    }

    private static bool IsFor(X509Certificate2 leaf, IDeviceKey key) =>
        leaf.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.SubjectPublicKeyInfo.Span);

    [LoggerMessage(2112, LogLevel.Information, "The direct uplink has the {Certificate}; its key is in {Provider} ({Protection}).")]
    private partial void LogBound(string certificate, string provider, KeyProtection protection);

    [LoggerMessage(2114, LogLevel.Warning, "The module restarts: the identity was renewed, and the key of the new certificate cannot be seen in this process. {Reason}")]
    private partial void LogRestarting(string reason);

    [LoggerMessage(2113, LogLevel.Error, "Of the identity only the one before can be used, the {Certificate}: {Reason}")]
    private partial void LogPreviousAlone(string certificate, string reason);
}
