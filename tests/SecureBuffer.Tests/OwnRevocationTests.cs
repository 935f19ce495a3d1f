using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Identity;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;
using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Our own certificate against our own lists.</summary>
public sealed class OwnRevocationTests : IDisposable
{
    private readonly IdentityBench _bench = new();
    private readonly RevocationStore _lists = new(TimeProvider.System);
    private readonly FakeLogger<OwnRevocation> _log = new();
    private readonly OwnRevocation _revocation;

    public OwnRevocationTests() => _revocation = new(_lists, _log);

    public void Dispose()
    {
        _revocation.Dispose();
        _lists.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_revoked_certificate_is_told_with_its_number_and_what_to_do()
    {
        using DeviceCertificate own = await IssueAsync();
        Assert.Null(_revocation.Find(own));
        Offer([], 1);
        Assert.Null(_revocation.Find(own));
        Offer([own.Leaf], 2);
        string said = _revocation.Find(own)!;
        Assert.StartsWith($"our own certificate {own.Leaf.SerialNumber} of 'CN=gateway-1' is revoked since ", said, StringComparison.Ordinal);
        Assert.EndsWith("(KeyCompromise): if that is right, enrol the gateway anew", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_is_told_as_soon_as_a_list_has_it_and_once()
    {
        using (DeviceCertificate own = await IssueAsync())
        {
            Assert.Null(_revocation.Find(own));
            Offer([], 1);
            Assert.Equal(0, _log.Collector.Count);
            using X509Certificate2 stolen = X509CertificateLoader.LoadCertificate(own.Leaf.RawDataMemory.Span);
            own.Dispose(); // Renewed since: what was refused was still that one.
            Offer([stolen], 2);
            Offer([stolen], 3);
        }

        FakeLogRecord said = Assert.Single(_log.Collector.GetSnapshot());
        Assert.StartsWith("A new revocation list says why we were refused: our own certificate ", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_was_not_refused_is_nobody_s_question()
    {
        using DeviceCertificate own = await IssueAsync();
        _lists.Watch(_bench.Issuing);
        Offer([own.Leaf], 1);
        Assert.Equal(0, _log.Collector.Count);
        Assert.NotNull(_revocation.Find(own));
        Offer([own.Leaf], 2);
        Assert.Equal(0, _log.Collector.Count);
    }

    private async Task<DeviceCertificate> IssueAsync()
    {
        string pem = await _bench.IssueAsync(DeviceKeySlot.IdentityA);
        Assert.True(CertificateChain.TryRead(pem, out CertificateChain? chain));
        using var keys = new FileKeyProvider(_bench.KeyFolder);
        using (chain)
        {
            IDeviceKey key = Assert.IsType<KeyOpening.Opened>(await keys.OpenAsync(DeviceKeySlot.IdentityA, TestContext.Current.CancellationToken)).Key;
            return Assert.IsType<KeyUse<DeviceCertificate>.Done>(DeviceCertificate.Bind(key, chain.Leaf, chain.Issuers)).Result;
        }
    }

    private void Offer(X509Certificate2[] revoked, int number)
    {
        var builder = new CertificateRevocationListBuilder();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        foreach (X509Certificate2 one in revoked)
        {
            builder.AddEntry(one, now, X509RevocationReason.KeyCompromise);
        }

        byte[] der = builder.Build(_bench.Issuing, number, now.AddDays(1), HashAlgorithmName.SHA256, rsaSignaturePadding: null, now.AddMinutes(-1));
        Assert.True(RevocationList.TryRead(der, out RevocationList? list, out string reason), reason);
        RevocationListOutcome outcome = _lists.Offer(list);
        Assert.True(outcome is RevocationListOutcome.Accepted, outcome.ToString());
    }
}
