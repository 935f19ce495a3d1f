using System.Collections.Immutable;
using Sallyport.Identity.Keys;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>Which provider gets a key, with the TPM provider of the distribution as it is.</summary>
public sealed class KeyProviderChoiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("choice");
    private readonly FileKeyProvider _file;
    private readonly KeyProbe _probe = new(TimeProvider.System);

    public KeyProviderChoiceTests() => _file = new FileKeyProvider(Path.Combine(_folder.FullName, "keys"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _file.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_tpm_provider_that_cannot_do_tls_is_passed_over_for_the_token_and_never_for_the_file()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        using var tpm = new TpmKeyProvider(new TpmOptions(TpmTransport.OfSimulator(software.Tcti)), TimeProvider.System);
        using Pkcs11KeyProvider token = (await SoftToken.GetAsync()).Provider("choice-");
        KeyChoice.Chosen chosen = Assert.IsType<KeyChoice.Chosen>(
            await Choice([tpm, token, _file], requiresHardware: false).ChooseAsync(DeviceKeySlot.IdentityA, Cancellation));
        TestContext.Current.TestOutputHelper!.WriteLine($"{chosen.Provider.Name} ran; passed over: {string.Join("; ", chosen.PassedOver)}");

        bool canDoTls = await TpmOpenSsl.CanDoTlsAsync(software.Tcti);
        Assert.Equal(canDoTls ? "tpm" : "pkcs11", chosen.Key.Provider);
        Assert.Equal(!canDoTls, chosen.IsStepDown);
        Assert.True(chosen.IsNew);
        if (!canDoTls)
        {
            RefusedKeyProvider refused = Assert.Single(chosen.PassedOver);
            Assert.Equal(("tpm", KeyProtection.Hardware), (refused.Provider, refused.Protection));
            Assert.Contains("Tls12", refused.Reason, StringComparison.Ordinal);

            // The key that could not do TLS takes no room in the TPM.
            Assert.IsType<KeyOpening.Missing>(await tpm.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));
        }

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task The_key_that_wraps_data_keys_stays_in_the_tpm_with_every_version()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        using var tpm = new TpmKeyProvider(new TpmOptions(TpmTransport.OfSimulator(software.Tcti)), TimeProvider.System);
        KeyProviderChoice choice = Choice([tpm, _file], requiresHardware: true);
        KeyChoice.Chosen chosen = Assert.IsType<KeyChoice.Chosen>(await choice.ChooseAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        Assert.Same(tpm, chosen.Provider);
        Assert.False(chosen.IsStepDown);

        chosen = Assert.IsType<KeyChoice.Chosen>(await choice.ChooseAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        Assert.False(chosen.IsNew);
    }

    [Fact]
    public async Task Where_hardware_is_required_there_is_rather_no_key_than_one_in_a_file_or_in_software()
    {
        using var tpm = new TpmKeyProvider(new TpmOptions(TpmTransport.OfSimulator("swtpm:path=/nowhere/s")), TimeProvider.System);
        Peer.Require("tpm2_getcap");
        using Pkcs11KeyProvider token = (await SoftToken.GetAsync()).Provider("hardware-");
        KeyChoice.None none = Assert.IsType<KeyChoice.None>(
            await Choice([tpm, token, _file], requiresHardware: true).ChooseAsync(DeviceKeySlot.IdentityA, Cancellation));
        Assert.Equal(["tpm", "pkcs11", "file"], none.Refused.Select(one => one.Provider));
        Assert.Contains("file: hardware is required", none.Reason, StringComparison.Ordinal);
        Assert.IsType<KeyOpening.Missing>(await token.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_step_down_to_the_file_says_why()
    {
        using var tpm = new TpmKeyProvider(new TpmOptions(TpmTransport.OfSimulator("swtpm:path=/nowhere/s")) { ToolFolder = "/nowhere" }, TimeProvider.System);
        KeyChoice.Chosen chosen = Assert.IsType<KeyChoice.Chosen>(
            await Choice([tpm, _file], requiresHardware: false).ChooseAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        Assert.True(chosen.IsStepDown);
        Assert.Contains("install tpm2-tools", Assert.Single(chosen.PassedOver).Reason, StringComparison.Ordinal);
        Assert.Equal(KeyProtection.File, chosen.Key.Protection);
    }

    [Fact]
    public async Task Nothing_configured_is_no_key() =>
        Assert.Equal("no provider is configured", Assert.IsType<KeyChoice.None>(await Choice([], requiresHardware: false).ChooseAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason);

    private KeyProviderChoice Choice(ImmutableArray<IDeviceKeyProvider> order, bool requiresHardware) => new(order, requiresHardware, _probe);
}
