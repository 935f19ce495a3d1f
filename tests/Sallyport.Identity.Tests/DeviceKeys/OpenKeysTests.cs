using System.Security.Cryptography;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>One handle per key, and what becomes of it when it dies.</summary>
public sealed class OpenKeysTests : IDisposable
{
    private readonly OpenKeys _keys = new("tpm");
    private readonly ECDsa _real = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private MortalSigner? _last;
    private int _openings;
    private bool _isAway;

    public void Dispose()
    {
        _keys.Dispose();
        _last?.Dispose();
        _real.Dispose();
    }

    [Fact]
    public void A_key_that_is_open_is_not_opened_again()
    {
        IDeviceKey key = Open();
        Assert.Same(key, Open());
        Assert.Equal(1, _openings);
        Assert.Equal(0, _keys.Reopenings);
    }

    [Fact]
    public void A_dead_key_is_opened_again_once_for_one_use()
    {
        IDeviceKey key = Open();
        _last!.IsDead = true;
        Assert.IsType<KeyUse<byte[]>.Done>(key.Sign(new byte[32]));
        Assert.Equal(2, _openings);
        Assert.Equal(1, _keys.Reopenings);
    }

    [Fact]
    public void A_key_that_is_dead_when_it_was_opened_again_is_not_opened_a_third_time()
    {
        IDeviceKey key = Open();
        _last!.IsDead = true;
        _isAway = false;
        KeyUse<byte[]> use = key.UseSigner<byte[]>(_ => throw new CryptographicException("never"));
        Assert.Contains("never", Assert.IsType<KeyUse<byte[]>.Unavailable>(use).Reason, StringComparison.Ordinal);
        Assert.Equal(2, _openings);
    }

    [Fact]
    public void Openings_that_fail_are_not_counted_and_the_key_works_when_they_succeed()
    {
        IDeviceKey key = Open();
        _last!.IsDead = true;
        _isAway = true;
        for (int attempt = 0; attempt < 50; attempt++)
        {
            Assert.IsType<KeyUse<byte[]>.Unavailable>(key.Sign(new byte[32]));
        }

        _isAway = false;
        Assert.IsType<KeyUse<byte[]>.Done>(key.Sign(new byte[32]));
        Assert.Equal(1, _keys.Reopenings);
    }

    [Fact]
    public void After_ten_openings_too_many_a_restart_is_asked_for_and_nothing_is_opened_any_more()
    {
        IDeviceKey key = Open();
        for (int reset = 0; reset < OpenKeys.MostReopenings; reset++)
        {
            Assert.False(_keys.NeedsRestart);
            _last!.IsDead = true;
            Assert.IsType<KeyUse<byte[]>.Done>(key.Sign(new byte[32]));
        }

        Assert.True(_keys.NeedsRestart);
        _last!.IsDead = true;
        Assert.Contains("restart the module", Assert.IsType<KeyUse<byte[]>.Unavailable>(key.Sign(new byte[32])).Reason, StringComparison.Ordinal);
        Assert.Equal(1 + OpenKeys.MostReopenings, _openings);
        _keys.Close(DeviceKeySlot.IdentityA);
        Assert.IsType<KeyOpening.Unavailable>(_keys.Open(DeviceKeySlot.IdentityA, KeyProtection.Hardware, NewKey));
    }

    [Fact]
    public void Another_key_in_its_place_is_not_taken_for_it()
    {
        IDeviceKey key = Open();
        _last!.IsDead = true;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _real.ImportParameters(other.ExportParameters(includePrivateParameters: true));
        Assert.Contains("another key", Assert.IsType<KeyUse<byte[]>.Refused>(key.Sign(new byte[32])).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_holds_the_turn_has_the_key_for_himself()
    {
        IDeviceKey key = Open();
        IDisposable turn = await key.TakeTurnAsync(TestContext.Current.CancellationToken);
        Task<IDisposable> next = key.TakeTurnAsync(TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        turn.Dispose();
        turn.Dispose();
        (await next).Dispose();
        Assert.IsType<KeyUse<byte[]>.Done>(key.Sign(new byte[32]));
    }

    private IDeviceKey Open() => KeyAssert.Opened(_keys.Open(DeviceKeySlot.IdentityA, KeyProtection.Hardware, NewKey));

    private UsableKey NewKey()
    {
        if (_isAway)
        {
            throw new CryptographicException("away");
        }

        _openings++;
        _last = new MortalSigner(_real);
        return new UsableKey(_last, ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));
    }
}
