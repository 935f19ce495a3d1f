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
public sealed class TpmTokenTests(TpmTokenTests.Fixture fixture) : IClassFixture<TpmTokenTests.Fixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_identity_goes_to_the_token_in_the_tpm_if_need_be_the_key_that_wraps_to_the_tpm_and_neither_to_a_file()
    {
        using var tpm = new TpmKeyProvider(new TpmOptions(Fixture.Transport), TimeProvider.System);
        using Pkcs11KeyProvider token = fixture.Provider("");
        using var file = new FileKeyProvider(Path.Combine(fixture.Folder.FullName, "keys"));
        var plan = new DeviceKeyPlan([tpm, token, file], RequiresHardware: true);

        PinnedKey wrapping = new(DeviceKeySlot.KeyEncryption, plan, fixture.Folder.FullName, TimeProvider.System);
        Assert.Null(await wrapping.OpenAsync(Token));
        Assert.Equal("tpm", wrapping.Pin!.Provider);
        await WrapsAsync(wrapping);

        PinnedKey identity = new(DeviceKeySlot.IdentityA, plan, fixture.Folder.FullName, TimeProvider.System);
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

        Assert.False(Directory.Exists(Path.Combine(fixture.Folder.FullName, "keys")));
        foreach (FileInfo kept in fixture.Folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(kept.FullName, Token), StringComparison.Ordinal);
        }

        await RefusesAnotherAfterDestructionAsync(token);
    }

    [Fact]
    public async Task A_key_that_another_process_makes_is_seen_by_processes_that_begin_later()
    {
        using Pkcs11KeyProvider provider = fixture.Provider("other-");
        Assert.IsType<KeyOpening.Missing>(await provider.OpenAsync(DeviceKeySlot.IdentityB, Token));
        await fixture.Made.MakeKeyAsync("other-identity-b");
        Assert.IsType<KeyOpening.Missing>(await provider.OpenAsync(DeviceKeySlot.IdentityB, Token));
        Assert.Contains("other-identity-b", await fixture.Made.ListAsync(), StringComparison.Ordinal);
    }

    private static IDeviceKey Opened(KeyOpening opening) => opening is KeyOpening.Opened { Key: var key } ? key : throw new InvalidOperationException(opening.ToString());

    // OpenSSL's engine would take the next key for the destroyed one: the process ends first.
    private static async Task RefusesAnotherAfterDestructionAsync(Pkcs11KeyProvider provider)
    {
        Assert.False(provider.NeedsRestart);
        Assert.IsType<KeyDestruction.Destroyed>(await provider.DestroyAsync(DeviceKeySlot.IdentityA, Token));
        Assert.IsType<KeyOpening.Missing>(await provider.OpenAsync(DeviceKeySlot.IdentityA, Token));
        var reason = Assert.IsType<KeyOpening.Unavailable>(await provider.CreateAsync(DeviceKeySlot.IdentityA, Token)).Reason;
        Assert.EndsWith("the module has to be restarted", reason, StringComparison.Ordinal);
        Assert.True(provider.NeedsRestart);
        Assert.IsType<KeyOpening.Missing>(await provider.OpenAsync(DeviceKeySlot.IdentityA, Token));
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

    /// <summary>One token for all tests: the module reads its environment once in a process.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private TpmToken? _token;

        internal static TpmTransport Transport => TpmTransport.TryRead(TpmBroker.Tcti, out TpmTransport? transport, out var reason)
            ? transport
            : throw new InvalidOperationException(reason);

        internal TpmToken Made => _token!;

        internal DirectoryInfo Folder => new(Made.Folder);

        public async ValueTask InitializeAsync()
        {
            _token = await TpmToken.StartAsync();
            foreach ((var name, var value) in _token.Variables)
            {
                ProcessEnvironment.Set(name, value);
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public ValueTask DisposeAsync() => _token?.DisposeAsync() ?? ValueTask.CompletedTask;

        /// <summary>A provider with keys that no other test sees.</summary>
        internal Pkcs11KeyProvider Provider(string prefix) =>
            new(new Pkcs11Options(TpmToken.Module, TpmToken.Label, Made.PinFile) { Transport = Transport, LabelPrefix = prefix });
    }
}
