using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

public sealed class DeviceKeyTests
{
    private static readonly UInt128 Ring = UInt128.Parse("00112233445566778899aabbccddeeff", System.Globalization.NumberStyles.HexNumber, null);

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_was_wrapped_for_a_device_comes_back_from_that_device_for_that_ring_only()
    {
        DeviceKeyWrapper device = TestKeys.NewDevice();
        using var key = SecretKey.Create(bytes => bytes.Fill(0x5a));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await device.WrapAsync(key, Ring, Over)).Slot;

        Assert.Equal(122, slot.Wrapped.Length);
        Assert.True(device.Holds(slot));
        using SecretKey back = Assert.IsType<KeyUnwrapping.Unwrapped>(await device.UnwrapAsync(slot, Ring, Over)).Key;
        Assert.True(back.IsSameAs(key));
        Assert.IsType<KeyUnwrapping.Refused>(await device.UnwrapAsync(slot, Ring + 1, Over));
        DeviceKeyWrapper other = TestKeys.NewDevice();
        Assert.False(other.Holds(slot));
        Assert.IsType<KeyUnwrapping.Refused>(await other.UnwrapAsync(slot, Ring, Over));
    }

    [Fact]
    public async Task Two_wrappings_of_the_same_key_have_no_byte_in_common_but_the_name_of_the_device()
    {
        DeviceKeyWrapper device = TestKeys.NewDevice();
        using var key = SecretKey.Create(bytes => bytes.Fill(0x5a));
        KeySlot first = Assert.IsType<KeyWrapping.Wrapped>(await device.WrapAsync(key, Ring, Over)).Slot;
        KeySlot second = Assert.IsType<KeyWrapping.Wrapped>(await device.WrapAsync(key, Ring, Over)).Slot;

        Assert.Equal(first.Wrapped[..10], second.Wrapped[..10]);
        Assert.NotEqual(first.Wrapped[10..75], second.Wrapped[10..75]);
        Assert.NotEqual(first.Wrapped[75..], second.Wrapped[75..]);
    }

    [Fact]
    public async Task No_byte_of_a_slot_can_be_changed_or_left_out_and_nothing_is_thrown()
    {
        DeviceKeyWrapper device = TestKeys.NewDevice();
        using var key = SecretKey.Create(bytes => bytes.Fill(0x5a));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await device.WrapAsync(key, Ring, Over)).Slot;
        for (int at = 0; at < slot.Wrapped.Length; at++)
        {
            KeySlot changed = slot with { Wrapped = slot.Wrapped.SetItem(at, (byte)(slot.Wrapped[at] ^ 1)) };
            Assert.IsType<KeyUnwrapping.Refused>(await device.UnwrapAsync(changed, Ring, Over));
            Assert.IsType<KeyUnwrapping.Refused>(await device.UnwrapAsync(slot with { Wrapped = slot.Wrapped[..at] }, Ring, Over));
        }
    }

    [Fact]
    public async Task Whatever_stands_in_a_slot_is_refused_and_nothing_is_thrown()
    {
        DeviceKeyWrapper device = TestKeys.NewDevice();
        await Gen.Byte.Array[0, KeySlot.MaxWrapped].SampleAsync(
            async bytes => Assert.IsType<KeyUnwrapping.Refused>(await device.UnwrapAsync(new KeySlot(KeySlotKind.DeviceKey, [.. bytes]), Ring, Over)), iter: 200);
    }

    [Fact]
    public async Task A_token_that_does_not_answer_is_no_refusal()
    {
        using var agreement = new TestKeys.MemoryAgreement();
        var device = new DeviceKeyWrapper(agreement);
        using var key = SecretKey.Create(bytes => bytes.Fill(0x5a));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await device.WrapAsync(key, Ring, Over)).Slot;

        agreement.Instead = new KeyAgreeing.Unavailable("the TPM is busy");
        Assert.Equal(new KeyUnwrapping.Unavailable("the TPM is busy"), await device.UnwrapAsync(slot, Ring, Over));
        agreement.Instead = new KeyAgreeing.Refused("the TPM was cleared");
        Assert.Equal(new KeyUnwrapping.Refused("the TPM was cleared"), await device.UnwrapAsync(slot, Ring, Over));
    }

    [Fact]
    public async Task A_key_file_is_made_for_its_owner_alone_and_is_the_same_key_when_it_is_opened_again()
    {
        string folder = Directory.CreateTempSubdirectory("key").FullName;
        string path = Path.Combine(folder, "device.pem");
        using FileKeyAgreement made = Assert.IsType<KeyFileOpening.Opened>(FileKeyAgreement.Open(path)).Key;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", await File.ReadAllTextAsync(path, Over), StringComparison.Ordinal);

        using FileKeyAgreement again = Assert.IsType<KeyFileOpening.Opened>(FileKeyAgreement.Open(path)).Key;

        Assert.Equal(made.PublicKey.ToArray(), again.PublicKey.ToArray());
        using var key = SecretKey.Create(bytes => bytes.Fill(0x5a));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await new DeviceKeyWrapper(made).WrapAsync(key, Ring, Over)).Slot;
        using SecretKey back = Assert.IsType<KeyUnwrapping.Unwrapped>(await new DeviceKeyWrapper(again).UnwrapAsync(slot, Ring, Over)).Key;
        Assert.True(back.IsSameAs(key));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_or_that_holds_no_such_key_is_refused_with_what_to_do()
    {
        string folder = Directory.CreateTempSubdirectory("key").FullName;
        string path = Path.Combine(folder, "device.pem");
        Assert.IsType<KeyFileOpening.Opened>(FileKeyAgreement.Open(path)).Key.Dispose();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.IsType<KeyFileOpening.Refused>(FileKeyAgreement.Open(path)).Reason, StringComparison.Ordinal);

        using var wrongCurve = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        using var rightCurve = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        foreach (string text in (string[])
            ["", "nonsense", wrongCurve.ExportPkcs8PrivateKeyPem(), rightCurve.ExportSubjectPublicKeyInfoPem(), rsa.ExportPkcs8PrivateKeyPem()])
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await File.WriteAllTextAsync(path, text, Over);
            Assert.Contains("P-256", Assert.IsType<KeyFileOpening.Refused>(FileKeyAgreement.Open(path)).Reason, StringComparison.Ordinal);
        }

        Assert.IsType<KeyFileOpening.Refused>(FileKeyAgreement.Open(Path.Combine(folder, "absent", "device.pem")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_owner_unwraps_the_escrow_slot_and_the_gateway_does_not()
    {
        using var owner = RSA.Create(3072);
        using X509Certificate2 certificate = TestKeys.NewCertificate(owner);
        EscrowWrapper escrow = TestKeys.Escrow(certificate);
        using var key = SecretKey.Create(bytes => bytes.Fill(0x5a));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await escrow.WrapAsync(key, Ring, Over)).Slot;

        Assert.Equal(certificate.GetCertHash(HashAlgorithmName.SHA256), slot.Wrapped[..32]);
        byte[] content = owner.Decrypt(slot.Wrapped.AsSpan()[32..], RSAEncryptionPadding.OaepSHA256);
        Assert.Equal(Enumerable.Repeat((byte)0x5a, 32), content[..32]);
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(content[32..]));
        Assert.IsType<KeyUnwrapping.Refused>(await escrow.UnwrapAsync(slot, Ring, Over));
    }

    [Fact]
    public void An_owner_without_a_strong_RSA_key_is_refused()
    {
        using X509Certificate2 weak = TestKeys.NewCertificate(2048);
        Assert.False(EscrowWrapper.TryCreate(weak, out _, out string? reason));
        Assert.Equal("the certificate's RSA key has 2048 bits: give one of 3072 to 4096 bits", reason);

        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 other = new CertificateRequest("CN=owner", curve, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TestRing.Noon.Wall, TestRing.Noon.Wall.AddYears(1));
        Assert.False(EscrowWrapper.TryCreate(other, out _, out reason));
        Assert.StartsWith("the certificate has no RSA key", reason, StringComparison.Ordinal);
    }
}
