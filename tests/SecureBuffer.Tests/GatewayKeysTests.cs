using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Keys;
using Sallyport.Identity.Keys;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Keys;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Keys that are chosen once and kept, whatever happens to the place where they are.</summary>
public sealed class GatewayKeysTests : IDisposable
{
    private const string Gone = "swtpm:path=/nowhere/s";
    private static readonly UInt128 Ring = 77;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-keys-");
    private readonly List<IDisposable> _open = [];
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<GatewayKeys> _log = new();
    private TestMeters _meters = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Pin => Path.Combine(_folder.FullName, "key-encryption.pin");

    public void Dispose()
    {
        _open.ForEach(one => one.Dispose());
        _meters.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_data_key_that_was_wrapped_to_the_tpm_is_unwrapped_after_a_restart_and_nothing_of_it_is_on_the_disk()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        GatewayKeys first = Open(software.Tcti);
        await first.OpenAsync(Token);
        using SecretKey data = SecretKey.Create(bytes => bytes.Fill(42));
        KeySlot slot = Assert.IsType<KeyWrapping.Wrapped>(await new DeviceKeyWrapper(first.Agreement).WrapAsync(data, Ring, Token)).Slot;
        Assert.Equal("tpm", first.Signer.Home);
        Assert.IsType<CheckpointSigning.Signed>(await first.Signer.SignAsync(new byte[32], Token));

        GatewayKeys next = Open(software.Tcti);
        await next.OpenAsync(Token);
        var wrapper = new DeviceKeyWrapper(next.Agreement);
        Assert.True(wrapper.Holds(slot));
        using SecretKey unwrapped = Assert.IsType<KeyUnwrapping.Unwrapped>(await wrapper.UnwrapAsync(slot, Ring, Token)).Key;
        Assert.True(unwrapped.IsSameAs(data));
        Assert.IsType<KeyUnwrapping.Refused>(await wrapper.UnwrapAsync(slot, Ring + 1, Token));

        Assert.Equal(["checkpoint.pin", "key-encryption.pin"], _folder.GetFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal));
        foreach (FileInfo file in _folder.EnumerateFiles())
        {
            Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(file.FullName, Token), StringComparison.Ordinal);
        }

        Assert.Empty(await next.DestroyAsync());
        Assert.Empty(_folder.GetFileSystemInfos());
        Assert.DoesNotContain("0x810000", await Persistent(software), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_tpm_is_away_no_other_key_takes_the_place_of_its_key()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        await Open(software.Tcti).OpenAsync(Token);
        var pinned = await File.ReadAllBytesAsync(Pin, Token);
        await software.PowerOffAsync();

        GatewayKeys next = Open(software.Tcti, requiresHardware: false, withFile: true);
        Task opening = next.OpenAsync(Token);
        await UntilAsync(() => _log.Collector.GetSnapshot().Any(record => record.Id.Id == 2431));
        Assert.False(opening.IsCompleted);
        Assert.Equal(pinned, await File.ReadAllBytesAsync(Pin, Token));
        Assert.Equal(["checkpoint=0", "key-encryption=1"], Read<long>("sallyport.buffer.device_key_failures"));

        await software.PowerOnAsync();
        while (!opening.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await opening;
        Assert.Equal(pinned, await File.ReadAllBytesAsync(Pin, Token));
        Assert.Equal("tpm", next.Signer.Home);
    }

    [Fact]
    public async Task Where_hardware_is_required_and_there_is_none_there_is_no_key()
    {
        PinnedKey key = new(DeviceKeySlot.KeyEncryption, Plan(Gone, requiresHardware: true, withFile: true), _folder.FullName, _time);
        Peer.Require("tpm2_getcap");
        var reason = await key.OpenAsync(Token);
        Assert.Contains("file: hardware is required", reason, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
        Assert.Null(key.Pin);
        Assert.Equal(1, key.Failures);
    }

    [Fact]
    public async Task A_step_down_to_a_file_is_told_in_the_log_and_in_metrics_at_each_start()
    {
        Peer.Require("tpm2_getcap");
        for (var start = 0; start < 2; start++)
        {
            _log.Collector.Clear();
            await Open(Gone, requiresHardware: false, withFile: true).OpenAsync(Token);
            Assert.Equal([2430, 2432, 2433, 2430, 2432, 2433], _log.Collector.GetSnapshot().Select(record => record.Id.Id));
            Assert.Equal(["checkpoint,file,file=1", "key-encryption,file,file=1"], Read<int>("sallyport.buffer.device_key"));
            Assert.Equal(["checkpoint=1", "key-encryption=1"], Read<int>("sallyport.buffer.device_key_step_down"));
            Assert.Equal(["file=0", "tpm=0"], Read<long>("sallyport.buffer.device_key_reopenings"));
        }

        Assert.Contains("file", await File.ReadAllTextAsync(Pin, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_a_file_is_not_used_any_more_once_hardware_is_required()
    {
        await Open(Gone, requiresHardware: false, withFile: true).OpenAsync(Token);
        PinnedKey key = new(DeviceKeySlot.KeyEncryption, Plan(Gone, requiresHardware: true, withFile: true), _folder.FullName, _time);
        Assert.Contains("hardware is required", await key.OpenAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "damaged")]
    [InlineData("", "damaged")]
    public async Task A_damaged_pin_makes_no_new_key(string content, string expected)
    {
        await Open(Gone, requiresHardware: false, withFile: true).OpenAsync(Token);
        await File.WriteAllTextAsync(Pin, content, Token);
        PinnedKey key = new(DeviceKeySlot.KeyEncryption, Plan(Gone, requiresHardware: false, withFile: true), _folder.FullName, _time);
        Assert.Contains(expected, await key.OpenAsync(Token), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Pin, Token));
    }

    [Fact]
    public async Task A_pinned_key_that_is_gone_or_is_another_is_told_with_what_to_do()
    {
        await Open(Gone, requiresHardware: false, withFile: true).OpenAsync(Token);
        var file = Path.Combine(_folder.FullName, "keys", "key-encryption.pem");
        File.Move(file, file + ".kept");
        PinnedKey key = new(DeviceKeySlot.KeyEncryption, Plan(Gone, requiresHardware: false, withFile: true), _folder.FullName, _time);
        Assert.Contains($"remove {Pin}", await key.OpenAsync(Token), StringComparison.Ordinal);
        File.Move(Path.Combine(_folder.FullName, "keys", "checkpoint.pem"), file);
        Assert.Contains("another key in its place", await key.OpenAsync(Token), StringComparison.Ordinal);
        File.Move(file + ".kept", file, overwrite: true);

        PinnedKey unconfigured = new(DeviceKeySlot.KeyEncryption, Plan(Gone, requiresHardware: false, withFile: false), _folder.FullName, _time);
        Assert.Contains("not configured any more", await unconfigured.OpenAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<string> Persistent(SoftwareTpm software)
    {
        var listed = await Command.RunAsync(Peer.Require("tpm2_getcap"), "--tcti=" + software.Tcti, "handles-persistent");
        return listed.Replace("0x81000001", "", StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private GatewayKeys Open(string tcti, bool requiresHardware = true, bool withFile = false)
    {
        _meters = new TestMeters();
        _open.Add(_meters);
        var keys = new GatewayKeys(Plan(tcti, requiresHardware, withFile), _folder.FullName, _meters, _time, _log);
        _open.Add(keys);
        return keys;
    }

    private DeviceKeyPlan Plan(string tcti, bool requiresHardware, bool withFile)
    {
        ImmutableArray<IDeviceKeyProvider> providers = [new TpmKeyProvider(new TpmOptions(TpmTransport.OfSimulator(tcti)), TimeProvider.System)];
        return new DeviceKeyPlan(withFile ? providers.Add(new FileKeyProvider(Path.Combine(_folder.FullName, "keys"))) : providers, requiresHardware);
    }

    // Of the keys that were opened last.
    private IEnumerable<string> Read<T>(string instrument)
        where T : struct
    {
        using var collector = new MetricCollector<T>(_meters, "Sallyport.SecureBuffer", instrument);
        collector.RecordObservableInstruments();
        return collector.GetMeasurementSnapshot()
            .Select(one => string.Create(
                CultureInfo.InvariantCulture, $"{string.Join(',', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value))}={one.Value}"))
            .Order(StringComparer.Ordinal);
    }
}
