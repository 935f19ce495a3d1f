using System.Security.Cryptography;
using CsCheck;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Tests.DeviceKeys;

public sealed class KeyPinTests
{
    private const string P256 =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";

    private static readonly byte[] Golden = [.. "sallyport-key-pin-1\ntpm\n"u8, .. System.Text.Encoding.ASCII.GetBytes(P256), (byte)'\n'];

    [Fact]
    public void It_is_three_lines()
    {
        var pin = new KeyPin("tpm", Convert.FromBase64String(P256));
        Assert.Equal(Golden, pin.ToBytes());
        Assert.True(KeyPin.TryRead(Golden, out KeyPin? read));
        Assert.Equal("tpm", read.Provider);
        Assert.Equal(pin.SubjectPublicKeyInfo.ToArray(), read.SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public void A_key_of_another_kind_and_a_provider_that_nobody_knows_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(KeyPin.TryRead(new KeyPin("tpm", other.ExportSubjectPublicKeyInfo()).ToBytes(), out _));
        Assert.False(KeyPin.TryRead(new KeyPin("cloud", Convert.FromBase64String(P256)).ToBytes(), out _));
    }

    [Fact]
    public void Whatever_is_changed_or_cut_off_it_is_refused_or_another_pin_and_nothing_is_thrown() => Gen
        .Select(Gen.Int[0, Golden.Length - 1], Gen.Byte, Gen.Int[0, Golden.Length])
        .Sample((at, value, length) =>
        {
            byte[] bytes = [.. Golden];
            bytes[at] = value;
            bool isRead = KeyPin.TryRead(bytes.AsSpan(0, length), out KeyPin? pin);
            Assert.True(!isRead || pin!.ToBytes().AsSpan().SequenceEqual(bytes) || value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'=' || length == Golden.Length);
        });
}
