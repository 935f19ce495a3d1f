using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    public void Dispose()
    {
        _lists.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_revoked_certificate_is_told_with_its_number_and_what_to_do()
    {
        using DeviceCertificate own = await IssueAsync();
        Assert.Null(OwnRevocation.Find(_lists, own));
        Offer([], 1);
        Assert.Null(OwnRevocation.Find(_lists, own));
        Offer([own.Leaf], 2);
        string said = OwnRevocation.Find(_lists, own)!;
        Assert.StartsWith($"our own certificate {own.Leaf.SerialNumber} of 'CN=gateway-1' is revoked since ", said, StringComparison.Ordinal);
        Assert.EndsWith("(KeyCompromise): if that is right, enrol the gateway anew", said, StringComparison.Ordinal);
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
