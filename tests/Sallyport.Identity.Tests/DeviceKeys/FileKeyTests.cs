using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Tests.DeviceKeys;

public sealed class FileKeyTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("keys");
    private readonly FileKeyProvider _provider;

    public FileKeyTests() => _provider = new FileKeyProvider(Folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_parent.FullName, "own");

    public void Dispose()
    {
        _provider.Dispose();
        _parent.Delete(recursive: true);
    }

    [Fact]
    public async Task A_made_key_does_everything_and_outlives_a_restart()
    {
        var probe = new KeyProbe(TimeProvider.System);
        foreach (DeviceKeySlot slot in Enum.GetValues<DeviceKeySlot>())
        {
            Assert.IsType<KeyOpening.Missing>(await _provider.OpenAsync(slot, Cancellation));
            IDeviceKey key = KeyAssert.Opened(await _provider.CreateAsync(slot, Cancellation));
            Assert.Equal(KeyProtection.File, key.Protection);
            KeyProbing probing = await probe.RunAsync(key, Cancellation);
            Assert.True(probing is KeyProbing.Works, $"{slot}: {probing}");
            using var next = new FileKeyProvider(Folder);
            Assert.Equal(key.SubjectPublicKeyInfo, KeyAssert.Opened(await next.OpenAsync(slot, Cancellation)).SubjectPublicKeyInfo);
            Assert.IsType<KeyOpening.Refused>(await next.CreateAsync(slot, Cancellation));
        }
    }

    [Fact]
    public async Task Only_the_owner_may_read_folder_and_file()
    {
        await _provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation);
        Assert.Equal(OwnerReadsAndWrites | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        string file = Assert.Single(Directory.GetFiles(Folder));
        Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(file));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);

        File.SetUnixFileMode(file, OwnerReadsAndWrites | UnixFileMode.GroupRead);
        using var next = new FileKeyProvider(Folder);
        Assert.Contains("chmod 600", Assert.IsType<KeyOpening.Refused>(await next.OpenAsync(DeviceKeySlot.IdentityA, Cancellation)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public async Task A_damaged_file_is_an_outcome(string content)
    {
        await _provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Folder, "identity-a.pem"), content, Cancellation);
        using var next = new FileKeyProvider(Folder);
        Assert.IsType<KeyOpening.Unavailable>(await next.OpenAsync(DeviceKeySlot.IdentityA, Cancellation));
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_and_never_printed_before()
    {
        IDeviceKey key = KeyAssert.Opened(await _provider.CreateAsync(DeviceKeySlot.IdentityA, Cancellation));
        Assert.Equal("device key identity-a of file", key.ToString());
        Assert.Equal("Done", key.Sign(new byte[32]).ToString());
        Assert.IsType<KeyDestruction.Destroyed>(await _provider.DestroyAsync(DeviceKeySlot.IdentityA, Cancellation));
        Assert.Empty(Directory.GetFiles(Folder));
        Assert.IsType<KeyUse<byte[]>.Refused>(key.Sign(new byte[32]));
        Assert.IsType<KeyDestruction.Destroyed>(await _provider.DestroyAsync(DeviceKeySlot.IdentityA, Cancellation));
    }
}
