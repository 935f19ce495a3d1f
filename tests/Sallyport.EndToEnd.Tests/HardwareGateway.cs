using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.EndToEnd.Tests.Containers;
using Sallyport.Simulator;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>A simulation whose gateway has its keys in a TPM or token: CertificateManager keeps its identity there, and SecureBuffer sends with it past edgeHub.</summary>
internal sealed class HardwareGateway : IAsyncDisposable
{
    private const string Bound = "its key is in ";

    // PEM, and the head of an ECPrivateKey of 32 bytes.
    private static readonly byte[][] PrivateKeys = ["PRIVATE KEY"u8.ToArray(), [0x02, 0x01, 0x01, 0x04, 0x20]];

    private static readonly string[] KeyHolders = ["SecureBuffer", "CertificateManager"];

    private readonly HardwareToken _token;

    private HardwareGateway(string manifest, HardwareToken token, ContainedModules? contained)
    {
        _token = token;
        Run = new GatewayRun(new EdgeSimulationOptions
        {
            Manifest = manifest,
            Programs = ((string[])["ModbusReader", "EtherNetIpReader", .. KeyHolders]).ToImmutableDictionary(module => module, SimulatorRun.Built, StringComparer.Ordinal)
                .SetItems(contained?.Programs ?? []),
            IsUplinkDirect = true,
            IsIdentityManaged = true,
        });
    }

    /// <summary>The simulation.</summary>
    public GatewayRun Run { get; }

    /// <summary>The provider that the key of the connection was in, with its protection, as SecureBuffer says.</summary>
    public string ProviderOfIdentity
    {
        get
        {
            string line = Run.Lines.All.First(one => one.StartsWith("SecureBuffer ", StringComparison.Ordinal) && one.Contains(Bound, StringComparison.Ordinal));
            string provider = line[(line.IndexOf(Bound, StringComparison.Ordinal) + Bound.Length)..];
            provider = provider[..(provider.IndexOf(')', StringComparison.Ordinal) + 1)];
            TestContext.Current.TestOutputHelper!.WriteLine($"The identity was in {provider}.");
            return provider;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="token">Has the keys, and goes with the gateway.</param>
    /// <param name="contained">Which modules run in containers; null for none.</param>
    public static async Task<HardwareGateway> StartAsync(HardwareToken token, ContainedModules? contained = null)
    {
        JsonNode manifest = await GatewayRun.ReadManifestAsync();
        foreach (string module in KeyHolders)
        {
            foreach ((string name, string value) in token.Variables)
            {
                GatewayRun.ModuleOf(manifest, module)["env"]![name] = new JsonObject { ["value"] = value };
            }
        }

        var gateway = new HardwareGateway(manifest.ToJsonString(), token, contained);
        try
        {
            if (contained is not null)
            {
                await token.GiveToAsync($"{GatewayRun.ModuleOf(manifest, KeyHolders[0])["settings"]!["createOptions"]!["User"]}");
                await contained.WriteAsync(gateway.Run.Simulation, manifest, [.. token.Needed]);
            }

            await gateway.Run.Simulation.StartAsync(Token);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until telemetry arrives, stops in good order, and has everything accounted for.</summary>
    public async Task DeliversAsync()
    {
        await Run.UntilArrivedAsync(6);
        await Run.IsAccountedForAsync();
    }

    /// <summary>Whether a module wrote a line with these words.</summary>
    public bool Says(string words) => Run.Lines.All.Any(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>Searches whatever the modules kept, and the files of the token, for private keys in PEM and DER.</summary>
    public async Task HasNoPrivateKeyOnDiskAsync()
    {
        int searched = 0;
        foreach (string folder in (string[])[Path.Combine(Run.State, "volumes"), _token.Folder, Run.Simulation.Folders.DirectDevice])
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
        await Run.DisposeAsync();
        await _token.DisposeAsync();
    }
}
