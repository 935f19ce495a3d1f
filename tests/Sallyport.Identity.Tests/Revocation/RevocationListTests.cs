using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;
using Sallyport.Identity.Tests.Trust;

namespace Sallyport.Identity.Tests.Revocation;

public sealed class RevocationListTests : IDisposable
{
    // Made by openssl ca -gencrl: number 42, serial numbers 7F and E3A1, the second with a reason.
    private static readonly byte[] Golden = Convert.FromBase64String(
        "MIIBEzCBuwIBATAKBggqhkjOPQQDAjAhMQ4wDAYDVQQKDAVQbGFudDEPMA0GA1UEAwwGR29sZGVuFw0yNjAxMjAwMDAwMDBaFw0y"
        + "NjAxMjcwMDAwMDBaMDgwEgIBfxcNMjYwMTE2MDAwMDAwWjAiAgMA46EXDTI2MDExNTEwMTExMlowDDAKBgNVHRUEAwoBAaAvMC0w"
        + "HwYDVR0jBBgwFoAUcooEPxJxnNovV76TsINjOOa6i1MwCgYDVR0UBAMCASowCgYIKoZIzj0EAwIDRwAwRAIgar4H/WjbqQ/RLnjH"
        + "hr5QymgveMkz16VXgwkE8OG4ancCIE8GTc5aRth5fNvhqhnMj/mh10n/8wxJgZkvsgsrY90I");

    private static readonly byte[] GoldenIssuer = Convert.FromBase64String(
        "MIIBqDCCAU2gAwIBAgIUaw85zFgC/EsnvzocQUU24kr7uQUwCgYIKoZIzj0EAwIwITEOMAwGA1UECgwFUGxhbnQxDzANBgNVBAMM"
        + "BkdvbGRlbjAeFw0yNjExMjYwOTI0NTJaFw0zNjExMjMwOTI0NTJaMCExDjAMBgNVBAoMBVBsYW50MQ8wDQYDVQQDDAZHb2xkZW4w"
        + "WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAROuj9UO/I2GyBJPbRhnlfZPRM07yrXTMtcpZ/KZmdyB0oVgwnkObTzUpwqpUaxhOG+"
        + "zhCvrVNbdb6+57dTCQIzo2MwYTAdBgNVHQ4EFgQUcooEPxJxnNovV76TsINjOOa6i1MwHwYDVR0jBBgwFoAUcooEPxJxnNovV76T"
        + "sINjOOa6i1MwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwIDSQAwRgIhALggv2hwvO/fUGTpIDZQ"
        + "AgiIf+qKucxVof8wpriZAFXeAiEA/kWDhs5qO+Vzcr4/efueTqWsZJttwAOVklM1Xl2AaPg=");

    private static readonly DateTimeOffset InTime = new(2026, 1, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly TestPki _pki = new();

    public static TheoryData<string, string> Defects => new()
    {
        { "version 1", "It is of version 1, which has no CRL number." },
        { "no version", "It is of version 1, which has no CRL number." },
        { "no number", "It has no CRL number." },
        { "negative number", "It has no CRL number." },
        { "no next update", "It does not say when the next one is due." },
        { "two algorithms", "It names two signature algorithms." },
        { "delta", "It is a delta to another list." },
        { "partial", "It is indirect or covers only a part of the certificates." },
        { "indirect", "It is indirect: it lists certificates of other authorities." },
        { "unknown critical", "Extension 1.2.3.4 is critical and unknown here." },
        { "unknown critical in an entry", "Extension 1.2.3.4 is critical and unknown here." },
        { "twice the same extension", "Extension 1.2.3.4 appears twice." },
        { "twice the same certificate", "A certificate is on it twice." },
    };

    public void Dispose() => _pki.Dispose();

    [Fact]
    public void A_list_of_openssl_is_read()
    {
        RevocationList list = Read(Golden);
        Assert.Equal(new BigInteger(42), list.Number);
        Assert.Equal(new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero), list.ThisUpdate);
        Assert.Equal(new DateTimeOffset(2026, 1, 27, 0, 0, 0, TimeSpan.Zero), list.NextUpdate);
        Assert.Equal(2, list.Count);
        Assert.Equal(new RevokedEntry(new DateTimeOffset(2026, 1, 15, 10, 11, 12, TimeSpan.Zero), X509RevocationReason.KeyCompromise), list.Find([0x00, 0xE3, 0xA1]));
        Assert.Equal(X509RevocationReason.Unspecified, list.Find([0x7F])?.Reason);
        Assert.Null(list.Find([0xE3]));
    }

    [Fact]
    public void PEM_is_read_as_well_as_DER()
    {
        Assert.Equal(new BigInteger(42), Read(System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", Golden))).Number);
        Assert.False(RevocationList.TryRead(System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", Golden)), out _, out string reason));
        Assert.Equal("It is PEM, and not labelled X509 CRL.", reason);
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_list_of_another_kind_is_not_read_and_the_reason_says_why(string defect, string reason)
    {
        Assert.False(RevocationList.TryRead(Defective(defect).Sign(_pki.Issuing), out RevocationList? list, out string found));
        Assert.Null(list);
        Assert.Equal(reason, found);
    }

    [Fact]
    public void An_extension_that_is_not_critical_is_passed_over() => Assert.Equal(
        new BigInteger(7), Read(new ListShape { Extensions = [Extension("1.2.3.4", critical: false)] }.Sign(_pki.Issuing)).Number);

    [Fact]
    public void More_than_10_MiB_are_not_read()
    {
        Assert.False(RevocationList.TryRead(new byte[RevocationList.MaxSizeInBytes + 1], out _, out string reason));
        Assert.Equal("It is larger than 10 MiB.", reason);
    }

    [Fact]
    public void Bytes_behind_the_list_are_an_error() => Assert.False(RevocationList.TryRead((byte[])[.. Golden, 0], out _, out _));

    [Fact]
    public void No_bytes_make_the_reader_throw() => Gen.Byte.Array[0, 300].Sample(bytes => !RevocationList.TryRead(bytes, out _, out string reason) && reason.Length > 0);

    [Fact]
    public void Whatever_byte_is_changed_the_list_of_openssl_is_not_believed_any_more()
    {
        using X509Certificate2 issuer = X509CertificateLoader.LoadCertificate(GoldenIssuer);
        Assert.True(IsBelieved(Golden, issuer));
        Gen.Select(Gen.Int[0, Golden.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            byte[] der = [.. Golden];
            der[at] ^= change;
            return !IsBelieved(der, issuer);
        });
    }

    private static bool IsBelieved(byte[] der, X509Certificate2 issuer)
    {
        using var store = new RevocationStore(new FakeTimeProvider(InTime));
        store.Watch(issuer);
        return RevocationList.TryRead(der, out RevocationList? list, out _) && store.Offer(list) is RevocationListOutcome.Accepted;
    }

    private static RevocationList Read(ReadOnlyMemory<byte> data)
    {
        Assert.True(RevocationList.TryRead(data, out RevocationList? list, out string reason), reason);
        return list;
    }

    private static ListShape Defective(string defect) => defect switch
    {
        "version 1" => new ListShape { Version = 2 },
        "no version" => new ListShape { Version = 0 },
        "no number" => new ListShape { Number = null },
        "negative number" => new ListShape { Number = -1 },
        "no next update" => new ListShape { NextUpdate = null },
        "two algorithms" => new ListShape { InnerAlgorithm = "1.2.840.10045.4.3.3" },
        "delta" => new ListShape { Extensions = [Extension("2.5.29.27")] },
        "partial" => new ListShape { Extensions = [Extension("2.5.29.28")] },
        "indirect" => new ListShape { Serials = [[1]], EntryExtensions = [Extension("2.5.29.29")] },
        "unknown critical" => new ListShape { Extensions = [Extension("1.2.3.4")] },
        "unknown critical in an entry" => new ListShape { Serials = [[1]], EntryExtensions = [Extension("1.2.3.4")] },
        "twice the same extension" => new ListShape { Extensions = [Extension("1.2.3.4", false), Extension("1.2.3.4", false)] },
        _ => new ListShape { Serials = [[1], [1]] },
    };

    private static X509Extension Extension(string name, bool critical = true) => new(name, [0x05, 0x00], critical);
}
