using System.Globalization;

namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>st-ethernet-ip in a process of its own, with the controller's tags read over its connection.</summary>
internal sealed class StEthernetIp : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private StEthernetIp(PeerProcess process) => _process = process;

    /// <exception cref="PreconditionException">node or the package is missing.</exception>
    public static async Task<StEthernetIp> StartAsync()
    {
        string repository = Manifest.FindRepository();
        string package = Path.Combine(repository, "tests", "Sallyport.Interop.Tests", "node-eip", "node_modules", "st-ethernet-ip");
        if (!Directory.Exists(package))
        {
            throw new PreconditionException("The npm package st-ethernet-ip is not installed: run eng/install-peers.sh.");
        }

        return new StEthernetIp(await PeerProcess.StartAsync(
            "node", Path.Combine(repository, "benchmarks", "peers", "st-ethernet-ip-client.js"), package, ControllerProcess.Address, Milliseconds()));
    }

    /// <summary>Reads so many tags again and again, packed if it is more than one.</summary>
    /// <returns>Tags per second.</returns>
    public async Task<double> RunAsync(int tags) =>
        double.Parse(await _process.AskAsync(tags.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Milliseconds() => TagLoop.Duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
}
