using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;

namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>The simulator's CompactLogix in a process of its own: this program, started with another verb.</summary>
internal sealed class ControllerProcess : IAsyncDisposable
{
    /// <summary>The verb that makes this program the controller.</summary>
    public const string Verb = "eip-controller";

    /// <summary>Where it listens, on the registered port: st-ethernet-ip knows no other.</summary>
    public const string Address = "127.79.0.2";

    private readonly PeerProcess _process;

    private ControllerProcess(PeerProcess process) => _process = process;

    /// <exception cref="PreconditionException">The port is taken.</exception>
    public static async Task<ControllerProcess> StartAsync() =>
        new(await PeerProcess.StartAsync("dotnet", typeof(ControllerProcess).Assembly.Location, Verb, Address));

    /// <summary>What the process does until its input ends.</summary>
    public static async Task<int> ServeAsync(string address, TextReader input, TextWriter output)
    {
        var ledger = new PlantLedger();
        await using var plant = new EtherNetIpPlantServer(
            CompactLogix.Create("line-1", ledger, TimeProvider.System),
            ledger,
            new IPEndPoint(IPAddress.Parse(address), EtherNetIpPlantServer.Port),
            TimeProvider.System,
            NullLogger<EtherNetIpPlantServer>.Instance);
        plant.Start();
        await output.WriteLineAsync("ready");
        await input.ReadToEndAsync();
        return 0;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
