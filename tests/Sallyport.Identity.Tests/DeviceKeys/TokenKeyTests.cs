using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>Keys in a PKCS #11 token, against SoftHSM2 and OpenSSL's engine as the distribution has them.</summary>
public sealed class TokenKeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_made_key_signs_requests_a_certificate_and_does_tls_with_both_versions()
    {
        using Pkcs11KeyProvider provider = (await SoftToken.GetAsync()).Provider("made-");
        Assert.IsType<KeyOpening.Missing>(await provider.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));
        IDeviceKey key = KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        KeyAssert.Signs(key);
        await KeyAssert.RequestsAsync(key);
        KeyProbing probing = await new KeyProbe(TimeProvider.System).RunAsync(key, Cancellation);
        Assert.True(probing is KeyProbing.Works, probing.ToString());
        Assert.IsType<KeyOpening.Refused>(await provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
    }

    [Fact]
    public async Task A_token_in_software_counts_as_wrapped_and_not_as_hardware()
    {
        using Pkcs11KeyProvider provider = (await SoftToken.GetAsync()).Provider("kind-");
        Assert.Equal(KeyProtection.Wrapped, KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.Checkpoint, Cancellation)).Protection);
    }

    [Fact]
    public async Task The_key_that_agrees_agrees()
    {
        using Pkcs11KeyProvider provider = (await SoftToken.GetAsync()).Provider("agrees-");
        IDeviceKey key = KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        KeyAssert.Agrees(key);
        KeyProbing probing = await new KeyProbe(TimeProvider.System).RunAsync(key, Cancellation);
        Assert.True(probing is KeyProbing.Works, probing.ToString());
    }

    [Fact]
    public async Task A_key_outlives_a_restart_and_is_gone_when_it_was_destroyed()
    {
        SoftToken token = await SoftToken.GetAsync();
        using Pkcs11KeyProvider provider = token.Provider("kept-");
        ReadOnlyMemory<byte> made = KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.IdentityB, Cancellation)).SubjectPublicKeyInfo;
        using Pkcs11KeyProvider next = token.Provider("kept-");
        IDeviceKey key = KeyAssert.Opened(await next.OpenAsync(DeviceKeySlot.IdentityB, Cancellation));
        Assert.Equal(made, key.SubjectPublicKeyInfo);
        KeyAssert.Signs(key);

        Assert.IsType<KeyDestruction.Destroyed>(await next.DestroyAsync(DeviceKeySlot.IdentityB, Cancellation));
        Assert.IsType<KeyOpening.Missing>(await next.OpenAsync(DeviceKeySlot.IdentityB, Cancellation));
        IDeviceKey other = KeyAssert.Opened(await next.CreateAsync(DeviceKeySlot.IdentityB, Cancellation));
        Assert.NotEqual(made, other.SubjectPublicKeyInfo);
        Assert.Equal(1, next.Reopenings);
    }

    [Fact]
    public async Task A_wrong_pin_is_refused_once_without_saying_it_and_not_tried_again_before_the_file_changes()
    {
        SoftToken token = await SoftToken.GetAsync();
        string file = token.WritePin("wrong-pin", "31415926");
        using var provider = new Pkcs11KeyProvider(new Pkcs11Options(SoftToken.Module, SoftToken.Strict, file));
        for (int attempt = 0; attempt < 3; attempt++)
        {
            string reason = Assert.IsType<KeyOpening.Refused>(await provider.OpenAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason;
            Assert.DoesNotContain("31415926", reason, StringComparison.Ordinal);
            Assert.Contains(file, reason, StringComparison.Ordinal);
        }

        token.WritePin("wrong-pin", SoftToken.Pin);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        Assert.IsType<KeyOpening.Missing>(await provider.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));
    }

    [Fact]
    public async Task A_token_a_pin_file_or_a_module_that_is_not_there_is_an_outcome_with_a_reason()
    {
        SoftToken token = await SoftToken.GetAsync();
        using Pkcs11KeyProvider first = token.Provider("first-");
        Assert.IsType<KeyOpening.Missing>(await first.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));

        using var noToken = new Pkcs11KeyProvider(new Pkcs11Options(SoftToken.Module, "nowhere", token.PinFile));
        Assert.Contains("nowhere", Assert.IsType<KeyOpening.Unavailable>(await noToken.OpenAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason, StringComparison.Ordinal);
        using var noPin = new Pkcs11KeyProvider(new Pkcs11Options(SoftToken.Module, SoftToken.Usual, "/nowhere/pin"));
        Assert.Contains("/nowhere/pin", Assert.IsType<KeyOpening.Refused>(await noPin.OpenAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason, StringComparison.Ordinal);
        using var other = new Pkcs11KeyProvider(new Pkcs11Options("/usr/lib/other.so", SoftToken.Usual, token.PinFile));
        Assert.Contains("one PKCS #11 module", Assert.IsType<KeyOpening.Refused>(await other.OpenAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_tpm_wants_the_way_to_the_tpm_said()
    {
        SoftToken token = await SoftToken.GetAsync();
        using var provider = new Pkcs11KeyProvider(new Pkcs11Options("/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so", SoftToken.Usual, token.PinFile));
        Assert.Contains("device:/dev/tpmrm0", Assert.IsType<KeyOpening.Refused>(await provider.OpenAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_private_key_and_no_pin_lies_readable_in_the_store()
    {
        SoftToken token = await SoftToken.GetAsync();
        using Pkcs11KeyProvider provider = token.Provider("disk-");
        KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        foreach (string file in token.Files())
        {
            string text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
            Assert.DoesNotContain(SoftToken.Pin, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task An_openssl_server_that_demands_a_client_certificate_lets_the_key_in(string version)
    {
        using Pkcs11KeyProvider provider = (await SoftToken.GetAsync()).Provider($"server{version}-");
        IDeviceKey key = KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        using X509Certificate2 certificate = KeyAssert.Done(key.UseSigner(SelfSigned));
        using var alone = X509CertificateLoader.LoadCertificate(certificate.RawData);
        using X509Certificate2 bound = KeyAssert.Done(key.Bind(alone));
        Assert.Equal("hello", await OpenSslServer.EchoAsync(bound, version, "hello"));
    }

    [Fact]
    public async Task A_certificate_of_another_key_is_not_bound()
    {
        using Pkcs11KeyProvider provider = (await SoftToken.GetAsync()).Provider("bound-");
        IDeviceKey key = KeyAssert.Opened(await provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = SelfSigned(other);
        Assert.IsType<KeyUse<X509Certificate2>.Refused>(key.Bind(certificate));
    }

    private static X509Certificate2 SelfSigned(ECDsa key) =>
        new CertificateRequest("CN=gw-0001", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddHours(1));
}
