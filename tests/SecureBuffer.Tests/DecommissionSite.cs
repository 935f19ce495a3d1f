using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.IotHub;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>A folder with rings in files, and calls of the method.</summary>
internal sealed class DecommissionSite : IDisposable
{
    public const string Secret = "plaintext-marker";
    public const string Name = "edge-1/SecureBuffer";

    public static readonly BufferPlan Small = BufferPlan.Default with { SizeInBytes = 256 * 1024, AlertsSizeInBytes = 256 * 1024, PageInBytes = 9216 };

    public string Folder { get; } = Directory.CreateTempSubdirectory("sallyport-decommission-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public static async Task<(int Status, JsonElement Answer)> CallAsync(Bench bench, string payload)
    {
        MethodResponse answer = await bench.Decommission.AnswerAsync(
            new MethodRequest(DecommissionMethod.Method, Encoding.UTF8.GetBytes(payload)), TestContext.Current.CancellationToken);
        return (answer.Status, JsonElement.Parse(answer.Payload.Span));
    }

    public static async Task<string> ChallengeAsync(Bench bench) => (await CallAsync(bench, "{}")).Answer.GetProperty("challenge").GetString()!;

    public static string Confirm(string challenge) => $$"""{"challenge":"{{challenge}}","confirm":"{{Name}}"}""";

    public Bench Filled(Func<FaultyDevice.Fate>? fate = null)
    {
        var bench = new Bench(
            Small,
            StorageState.Disk,
            (lane, size) => new FaultyDevice(
                Assert.IsType<DeviceOpening.Opened>(FileDevice.Create(Path.Combine(Folder, $"{lane}.ring"), size)).Device, fate ?? (() => FaultyDevice.Fate.Works)),
            Folder);
        foreach (MessageType type in (MessageType[])[MessageType.Audit, MessageType.Telemetry, MessageType.Telemetry])
        {
            bench.Lanes.Append(new RingRecord(type, Encoding.UTF8.GetBytes($$"""{"x":"{{Secret}}"}"""), Quality: null));
        }

        bench.Lanes.Seal();
        bench.Clock.Advance(bench.Plan.CommitInterval);
        bench.Committer.Step();
        return bench;
    }

    /// <summary>What an earlier run had, whose key was lost.</summary>
    public void KeepOrphan(string name)
    {
        Filled().Dispose();
        File.Move(Path.Combine(Folder, name), Path.Combine(Folder, name + ".orphan"));
        Array.ForEach(Directory.GetFiles(Folder, "*.ring"), File.Delete);
    }

    /// <summary>Flags the ring as the tool does first, and dies.</summary>
    public void Begin(string name)
    {
        var calls = 0;
        const int WhenFlagged = 74;
        using var device = new FaultyDevice(
            Assert.IsType<DeviceOpening.Opened>(FileDevice.Open(Path.Combine(Folder, name))).Device,
            () => calls++ == WhenFlagged ? FaultyDevice.Fate.Kills : FaultyDevice.Fate.Works);
        Assert.Throws<KilledException>(() => new RingWipe(device, RandomNumberGenerator.Fill, TimeProvider.System).RunUnopened());
    }

    public void AssertNothingIsLeft()
    {
        Assert.Equal([DecommissionMarker.FileName], Directory.GetFiles(Folder).Select(Path.GetFileName));
        Assert.DoesNotContain(Secret, File.ReadAllText(Path.Combine(Folder, DecommissionMarker.FileName)), StringComparison.Ordinal);
    }
}
