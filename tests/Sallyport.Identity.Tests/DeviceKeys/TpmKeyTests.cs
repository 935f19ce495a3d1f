using System.Security.Cryptography;
using Sallyport.Identity.Keys;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>Keys in a TPM, against swtpm with tpm2-tools and tpm2-openssl as the distribution has them.</summary>
public sealed class TpmKeyTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("work");
    private SoftwareTpm? _tpm;
    private TpmKeyProvider? _provider;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TpmKeyProvider Provider => _provider!;

    private TpmOptions Options => new(TpmTransport.OfSimulator(_tpm!.Tcti)) { WorkFolder = _work.FullName };

    public async ValueTask InitializeAsync()
    {
        _tpm = await SoftwareTpm.StartAsync();
        _provider = new TpmKeyProvider(Options, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await (_tpm?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public void Dispose()
    {
        _provider?.Dispose();
        if (_work.Exists)
        {
            _work.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_empty_slot_is_missing_and_a_made_key_signs_and_requests_a_certificate()
    {
        Assert.IsType<KeyOpening.Missing>(await Provider.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));
        IDeviceKey key = KeyAssert.Opened(await Provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        Assert.Equal(KeyProtection.Hardware, key.Protection);
        KeyAssert.Signs(key);
        await KeyAssert.RequestsAsync(key);
        Assert.IsType<KeyUse<byte[]>.Refused>(key.Sign(new byte[20]));
        Assert.IsType<KeyOpening.Refused>(await Provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
    }

    [Fact]
    public async Task Both_identities_the_key_that_agrees_and_the_one_for_checkpoints_are_four_keys()
    {
        var keys = new List<string>();
        foreach (DeviceKeySlot slot in Enum.GetValues<DeviceKeySlot>())
        {
            IDeviceKey key = KeyAssert.Opened(await Provider.CreateAsync(slot, Cancellation));
            keys.Add(Convert.ToHexString(key.SubjectPublicKeyInfo.Span));
            Assert.Same(key, KeyAssert.Opened(await Provider.OpenAsync(slot, Cancellation)));
        }

        Assert.Equal(4, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(0, Provider.Reopenings);
        IDeviceKey agreeing = KeyAssert.Opened(await Provider.OpenAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        KeyAssert.Agrees(agreeing);
        Assert.IsType<KeyUse<byte[]>.Refused>(agreeing.Sign(new byte[32]));
        Assert.IsType<KeyProbing.Works>(await new KeyProbe(TimeProvider.System).RunAsync(agreeing, Cancellation));
    }

    [Fact]
    public async Task A_key_outlives_a_restart_and_is_gone_when_it_was_destroyed()
    {
        ReadOnlyMemory<byte> made = KeyAssert.Opened(await Provider.CreateAsync(DeviceKeySlot.KeyEncryption, Cancellation)).SubjectPublicKeyInfo;
        using var next = new TpmKeyProvider(Options, TimeProvider.System);
        IDeviceKey key = KeyAssert.Opened(await next.OpenAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        Assert.Equal(made, key.SubjectPublicKeyInfo);
        KeyAssert.Agrees(key);

        Assert.IsType<KeyDestruction.Destroyed>(await next.DestroyAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        Assert.IsType<KeyOpening.Missing>(await next.OpenAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        Assert.IsType<KeyDestruction.Destroyed>(await next.DestroyAsync(DeviceKeySlot.KeyEncryption, Cancellation));
        using var peer = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.IsType<KeyUse<byte[]>.Refused>(key.DeriveRawSecret(peer.PublicKey));
    }

    [Fact]
    public async Task A_tpm_that_went_away_is_unavailable_and_when_it_is_back_the_key_is_opened_again_once()
    {
        IDeviceKey key = KeyAssert.Opened(await Provider.CreateAsync(DeviceKeySlot.Checkpoint, Cancellation));
        for (int reset = 1; reset <= 2; reset++)
        {
            await _tpm!.PowerOffAsync();
            Assert.IsType<KeyUse<byte[]>.Unavailable>(key.Sign(new byte[32]));
            using var next = new TpmKeyProvider(Options, TimeProvider.System);
            Assert.IsType<KeyOpening.Unavailable>(await next.OpenAsync(DeviceKeySlot.Checkpoint, Cancellation));
            Assert.IsType<KeyOpening.Unavailable>(await next.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
            Assert.IsType<KeyDestruction.Failed>(await next.DestroyAsync(DeviceKeySlot.IdentityA, Cancellation));

            await _tpm.PowerOnAsync();
            KeyAssert.Signs(key);
            KeyAssert.Signs(key);
            Assert.Equal(reset, Provider.Reopenings);
        }

        Assert.False(Provider.NeedsRestart);
    }

    [Fact]
    public async Task Threads_that_use_one_key_at_once_all_get_what_they_asked_for()
    {
        IDeviceKey key = KeyAssert.Opened(await Provider.CreateAsync(DeviceKeySlot.IdentityB, Cancellation));
        await Parallel.ForAsync(0, 64, Cancellation, (_, _) =>
        {
            KeyAssert.Signs(key);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(0, Provider.Reopenings);
    }

    [Fact]
    public async Task Nothing_of_a_key_stays_on_the_disk()
    {
        KeyAssert.Opened(await Provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        Assert.Empty(_work.EnumerateFileSystemInfos("*", SearchOption.AllDirectories));
    }
}
