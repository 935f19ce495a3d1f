using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Terminal;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>A simulation whose gateway has its keys in a TPM or token: CertificateManager keeps its identity there, and SecureBuffer sends with it past edgeHub.</summary>
internal sealed class HardwareGateway : IAsyncDisposable
{
    private const string Bound = "its key is in ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    // PEM, and the head of an ECPrivateKey of 32 bytes.
    private static readonly byte[][] PrivateKeys = ["PRIVATE KEY"u8.ToArray(), [0x02, 0x01, 0x01, 0x04, 0x20]];

    private readonly string _state = Directory.CreateTempSubdirectory("sallyport-hardware-").FullName;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly HardwareToken _token;
    private readonly EdgeSimulation _simulation;
    private readonly DeliveryWatch _watch;

    private HardwareGateway(string manifest, HardwareToken token)
    {
        _token = token;
        _simulation = new EdgeSimulation(
            new EdgeSimulationOptions
            {
                Manifest = manifest,
                Programs = ImmutableDictionary<string, string>.Empty
                    .Add("ModbusReader", SimulatorRun.Built("ModbusReader"))
                    .Add("EtherNetIpReader", SimulatorRun.Built("EtherNetIpReader"))
                    .Add("CertificateManager", SimulatorRun.Built("CertificateManager"))
                    .Add("SecureBuffer", SimulatorRun.Built("SecureBuffer")),
                StateFolder = _state,
                IsUplinkDirect = true,
                IsIdentityManaged = true,
            },
            (module, line) => _lines.Enqueue($"{module} {line}"),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        _watch = _simulation.WatchDelivery();
    }

    /// <summary>The provider that the key of the connection was in, with its protection, as SecureBuffer says.</summary>
    public string ProviderOfIdentity
    {
        get
        {
            string line = _lines.First(one => one.StartsWith("SecureBuffer ", StringComparison.Ordinal) && one.Contains(Bound, StringComparison.Ordinal));
            string provider = line[(line.IndexOf(Bound, StringComparison.Ordinal) + Bound.Length)..];
            provider = provider[..(provider.IndexOf(')', StringComparison.Ordinal) + 1)];
            TestContext.Current.TestOutputHelper!.WriteLine($"The identity was in {provider}.");
            return provider;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HardwareGateway> StartAsync(HardwareToken token)
    {
        JsonNode manifest = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), Token))!;
        JsonNode modules = manifest["modulesContent"]!["$edgeAgent"]!["properties.desired"]!["modules"]!;
        foreach (string module in (string[])["SecureBuffer", "CertificateManager"])
        {
            foreach ((string name, string value) in token.Variables)
            {
                modules[module]!["env"]![name] = new JsonObject { ["value"] = value };
            }
        }

        manifest["modulesContent"]!["SecureBuffer"]!["properties.desired"]!["maxLatencyMs"] = 1000;
        var gateway = new HardwareGateway(manifest.ToJsonString(), token);
        try
        {
            await gateway._simulation.StartAsync(Token);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until telemetry arrives, stops in good order, and has everything accounted for: each page proven, each value of the plant there.</summary>
    public async Task DeliversAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token, patience.Token);
        try
        {
            await _simulation.Intake.Changed.WaitUntilAsync(() => _simulation.Intake.Count > 5, limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(string.Join('\n', _lines.Where(line => !line.Contains("Reader", StringComparison.Ordinal))));
        }

        Assert.True(await new OrderlyStop(_simulation, _watch, TimeProvider.System, NullLogger<OrderlyStop>.Instance).RunAsync(Token), string.Join('\n', _lines.TakeLast(80)));
        CheckReport report = _watch.Judge();
        Assert.True(report.Passed, string.Join('\n', report.Findings.Select(one => one.ToString())));
        Assert.InRange(report.PagesProven, 1, long.MaxValue);
    }

    /// <summary>Whether a module wrote a line with these words.</summary>
    public bool Says(string words) => _lines.Any(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>Searches whatever the modules kept, and the files of the token, for private keys in PEM and DER.</summary>
    public async Task HasNoPrivateKeyOnDiskAsync()
    {
        int searched = 0;
        foreach (string folder in (string[])[Path.Combine(_state, "volumes"), _token.Folder, _simulation.Folders.DirectDevice])
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                byte[] bytes = await File.ReadAllBytesAsync(file, Token);
                Assert.True(Array.TrueForAll(PrivateKeys, key => bytes.AsSpan().IndexOf(key) < 0), $"{file} holds a private key.");
                searched++;
            }
        }

        Assert.InRange(searched, 5, int.MaxValue);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulation.DisposeAsync();
        Directory.Delete(_state, recursive: true);
        await _token.DisposeAsync();
    }
}
