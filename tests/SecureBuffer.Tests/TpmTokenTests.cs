using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Hosting.Keys;
using Sallyport.Identity.Keys;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Keys;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The way to TLS with a TPM where the distribution's tpm2-openssl has none: a PKCS #11 token in the TPM (libtpm2-pkcs11), over OpenSSL's engine.</summary>
/// <remarks>Here and not with the other tokens: a process has one PKCS #11 module, and theirs is SoftHSM2.</remarks>
public sealed class TpmTokenTests : IDisposable
{
    private const string Pin = "86420975";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tpm-token-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Module =>
        $"/usr/lib/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu/pkcs11/libtpm2_pkcs11.so";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_identity_goes_to_the_token_in_the_tpm_if_need_be_the_key_that_wraps_to_the_tpm_and_neither_to_a_file()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        await MakeTokenAsync(software);
        var transport = TpmTransport.OfSimulator(software.Tcti);
        using var tpm = new TpmKeyProvider(new TpmOptions(transport), TimeProvider.System);
        using var token = new Pkcs11KeyProvider(new Pkcs11Options(Module, "edge", Path.Combine(_folder.FullName, "pin")) { Transport = transport });
        using var file = new FileKeyProvider(Path.Combine(_folder.FullName, "keys"));
        var plan = new DeviceKeyPlan([tpm, token, file], RequiresHardware: true);

        PinnedKey wrapping = new(DeviceKeySlot.KeyEncryption, plan, _folder.FullName, TimeProvider.System);
        Assert.Null(await wrapping.OpenAsync(Token));
        Assert.Equal("tpm", wrapping.Pin!.Provider);
        await WrapsAsync(wrapping);

        PinnedKey identity = new(DeviceKeySlot.IdentityA, plan, _folder.FullName, TimeProvider.System);
        Assert.Null(await identity.OpenAsync(Token));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{identity.Pin!.Provider} has the identity; passed over: {string.Join("; ", identity.PassedOver.Select(one => one.Reason))}");
        Assert.Equal(identity.PassedOver.IsEmpty ? "tpm" : "pkcs11", identity.Pin.Provider);
        Assert.All(identity.PassedOver, one => Assert.Contains("cannot do TLS before 1.2.0", one.Reason, StringComparison.Ordinal));

        // The token does both versions of TLS in any case.
        IDeviceKey key = Assert.IsType<KeyOpening.Opened>(
            identity.PassedOver.IsEmpty ? await token.CreateAsync(DeviceKeySlot.IdentityA, Token) : await token.OpenAsync(DeviceKeySlot.IdentityA, Token)).Key;
        Assert.Equal(KeyProtection.Token, key.Protection);
        KeyProbing probing = await new KeyProbe(TimeProvider.System).RunAsync(key, Token);
        Assert.True(probing is KeyProbing.Works, probing.ToString());
        Requests(key);

        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "keys")));
        foreach (FileInfo kept in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(kept.FullName, Token), StringComparison.Ordinal);
        }
    }

    private static async Task WrapsAsync(PinnedKey pinned)
    {
        var wrapper = new DeviceKeyWrapper(new DeviceKeyAgreement(pinned));
        using SecretKey data = SecretKey.Create(bytes => bytes.Fill(42));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await wrapper.WrapAsync(data, 7, Token)).Slot;
        using SecretKey unwrapped = Assert.IsType<KeyUnwrapping.Unwrapped>(await wrapper.UnwrapAsync(slot, 7, Token)).Key;
        Assert.True(unwrapped.IsSameAs(data));
    }

    private static void Requests(IDeviceKey key)
    {
        var request = Assert.IsType<KeyUse<byte[]>.Done>(key.UseSigner(
            signer => new CertificateRequest("CN=gw-0001", signer, HashAlgorithmName.SHA256).CreateSigningRequest())).Result;
        CertificateRequest read = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), read.PublicKey.ExportSubjectPublicKeyInfo());
    }

    // pkcs11-tool, because tpm2_ptool needs a resource manager, and swtpm has none.
    private async Task MakeTokenAsync(SoftwareTpm software)
    {
        var tool = Peer.Require("pkcs11-tool");
        if (!File.Exists(Module))
        {
            Peer.Missing($"{Module} is not installed.");
        }

        var store = _folder.CreateSubdirectory("store").FullName;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "pin"), Pin, Token);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TPM2_PKCS11_STORE"] = store,
            ["TPM2_PKCS11_TCTI"] = software.Tcti,
            ["TPM2_PKCS11_LOG_LEVEL"] = "0",
        };
        await Command.RunAsync(tool, variables, "--module", Module, "--init-token", "--slot-index", "0", "--label", "edge", "--so-pin", "13579246");
        await Command.RunAsync(tool, variables, "--module", Module, "--token-label", "edge", "--init-pin", "--so-pin", "13579246", "--login", "--pin", Pin);
        ProcessEnvironment.Set("TPM2_PKCS11_STORE", store);
    }
}
