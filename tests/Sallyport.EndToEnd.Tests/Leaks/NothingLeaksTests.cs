using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Network;

namespace Sallyport.EndToEnd.Tests.Leaks;

/// <summary>What the gateway keeps on disk, and what it says of itself, holds neither a value of the plant nor a byte of a key.</summary>
public sealed class NothingLeaksTests
{
    private const string Buffer = "SecureBuffer";
    private const string Reader = "ModbusReader";
    private const int Block = 4096;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Rings_logs_metrics_and_folders_hold_neither_values_nor_keys_after_kills_with_the_uplink_cut()
    {
        await using WatchedSimulation watched = await WatchedSimulation.StartAsync();
        await watched.Simulation.Intake.Changed.WaitUntilAsync(() => RootOf(watched) is not null && HasFrames(watched), Cancellation);
        watched.Simulation.Uplink.Set(UplinkState.Cut);
        var metrics = new StringBuilder();
        int kept = 0;
        for (int kills = 0; kills < 2; kills++)
        {
            kept = await RingGrownAsync(watched, kept + Block);
            metrics.Append(await MetricsAsync(watched));
            Task open = watched.NextLineAsync("The ring of the bulk lane is open");
            await watched.Simulation.Modules.KillAsync(Buffer);
            watched.Simulation.Modules.StartAgain(Buffer, []);
            await open;
        }

        metrics.Append(await MetricsAsync(watched));
        LeakSearch search = SecretsOf(watched);
        LeakSearch inRings = SecretsOf(watched);
        Array.ForEach(["sallyport.frame", "supply_temperature", "chiller-1"], inRings.AddText);

        string[] rings = Directory.GetFiles(watched.Volumes, "*.ring*", SearchOption.AllDirectories);
        Assert.InRange(rings.Length, 2, int.MaxValue);
        Assert.All(rings, ring => Assert.Empty(inRings.FindCompressedIn(Read(ring))));
        Assert.Empty(search.FindIn(Encoding.UTF8.GetBytes(string.Join('\n', watched.Lines))));
        Assert.Empty(search.FindIn(Encoding.UTF8.GetBytes(metrics.ToString())));
        string[] folders = [watched.Volumes, watched.Simulation.Folders.CreateHome(Buffer), watched.Simulation.Folders.CreateHome(Reader)];

        // The simulated gateway keeps its identity with the provider "file", which says in every log that this is for a laboratory.
        string identity = Path.Combine(watched.Volumes, "sallyport-certificatemanager", "device-keys");
        Assert.All(
            folders.SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Where(file => !string.Equals(Path.GetDirectoryName(file), identity, StringComparison.Ordinal)),
            file => Assert.Empty(search.FindIn(Read(file)).Select(secret => $"{secret} in {file}")));
    }

    /// <summary>All values that the plant gave out, and all keys that the simulation knows: of rings, of their seals, of the Edge daemon, of modules and of the verifier.</summary>
    private static LeakSearch SecretsOf(WatchedSimulation watched)
    {
        var search = new LeakSearch();
        foreach (Simulator.Plant.ServedValue served in watched.Simulation.Plant!.Memory.Ledger.Snapshot())
        {
            search.AddText(served.Value.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(2, watched.Keys.Count(key => key.Length == 32));
        foreach ((int at, ReadOnlyMemory<byte> key) in watched.Keys.Index())
        {
            search.AddKey(FormattableString.Invariant($"ring key {at}"), key.Span);
        }

        search.AddKey("root of the seals", RootOf(watched));
        search.AddKey("key of the Edge daemon", File.ReadAllBytes(Path.Combine(watched.State, "workload.key")));
        foreach (string module in (string[])[Buffer, Reader])
        {
            Assert.True(watched.Simulation.Cloud.Identities.TryFind(new HubIdentity("edge-1", module), out RegisteredIdentity? identity));
            search.AddKey($"key of {module}", identity.PrimaryKey.Span);
            search.AddKey($"second key of {module}", identity.SecondaryKey.Span);
        }

        using RSA verifier = VerifierOf(watched);
        RSAParameters secret = verifier.ExportParameters(includePrivateParameters: true);
        search.AddKey("private exponent of the verifier", secret.D);
        search.AddKey("prime of the verifier", secret.P);
        search.AddText("PRIVATE KEY");
        return search;
    }

    // By another program: .NET would ask for a lock, and the ring's owner holds it.
    private static byte[] Read(string path)
    {
        using Process cat = Process.Start(new ProcessStartInfo("cat", [path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        cat.StandardOutput.BaseStream.CopyTo(bytes);
        cat.WaitForExit();
        Assert.Equal(0, cat.ExitCode);
        return bytes.ToArray();
    }

    private static RSA VerifierOf(WatchedSimulation watched)
    {
        var verifier = RSA.Create();
        verifier.ImportFromPem(File.ReadAllText(Path.Combine(watched.State, "verifier.pem")));
        return verifier;
    }

    private static bool HasFrames(WatchedSimulation watched) => watched.Messages.Any(message => message.Message.Body.Span.IndexOf("sallyport.frame/1"u8) >= 0);

    /// <summary>The root that an announcement hands to the verifier; null before there is one.</summary>
    private static byte[]? RootOf(WatchedSimulation watched)
    {
        const int RootLength = 32;
        const string Member = "\"wrappedRoot\":\"";
        foreach (CloudMessage message in watched.Messages)
        {
            string body = Encoding.UTF8.GetString(message.Message.Body.Span);
            if (body.IndexOf(Member, StringComparison.Ordinal) is var at and >= 0)
            {
                string text = body[(at + Member.Length - 1)..(body.IndexOf('"', at + Member.Length) + 1)];
                using RSA verifier = VerifierOf(watched);
                return verifier.Decrypt(JsonElement.Parse(text).GetBytesFromBase64(), RSAEncryptionPadding.OaepSHA256)[..RootLength];
            }
        }

        return null;
    }

    private static async Task<string> MetricsAsync(WatchedSimulation watched)
    {
        using var http = new HttpClient();
        string page = "";
        foreach ((int index, _) in watched.Simulation.Manifest.Modules.Index())
        {
            page += await http.GetStringAsync(
                new Uri($"http://{watched.Simulation.Addresses.Module(index)}:{SimulationAddresses.MetricsPort}/metrics"), Cancellation);
        }

        Assert.Contains("securebuffer", page, StringComparison.OrdinalIgnoreCase);
        return page;
    }

    /// <summary>Waits until the ring of the bulk lane holds so many bytes that are not zero. A file has no event for that.</summary>
    private static async Task<int> RingGrownAsync(WatchedSimulation watched, int bytes)
    {
        string ring = Assert.Single(Directory.GetFiles(watched.Volumes, "bulk.ring", SearchOption.AllDirectories));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (true)
        {
            int there = Read(ring).Count(value => value != 0);
            if (there >= bytes)
            {
                return there;
            }

            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
