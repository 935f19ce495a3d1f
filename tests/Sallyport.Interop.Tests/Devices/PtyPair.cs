using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>Two serial ports with socat for a cable between them.</summary>
internal sealed partial class PtyPair : IAsyncDisposable
{
    private readonly PeerProcess _socat;

    private PtyPair(PeerProcess socat, string device, string reader) => (_socat, Device, Reader) = (socat, device, reader);

    /// <summary>The device's end.</summary>
    public string Device { get; }

    /// <summary>The reader's end.</summary>
    public string Reader { get; }

    /// <summary>The reader's end as an endpoint.</summary>
    public string Endpoint => $"modbus-rtu://{Reader}?baud={KnownDevice.Baud}&parity=none";

    public static async Task<PtyPair> OpenAsync()
    {
        Peer.Require("socat");
        var ports = new List<string>();
        PeerProcess socat = await PeerProcess.StartAsync("socat", IsReady, "-d", "-d", "pty,raw,echo=0", "pty,raw,echo=0");
        return new PtyPair(socat, ports[0], ports[1]);

        bool IsReady(string line)
        {
            if (Port.Match(line) is { Success: true, Value: var port })
            {
                ports.Add(port);
            }

            return line.Contains("starting data transfer", StringComparison.Ordinal);
        }
    }

    public ValueTask DisposeAsync() => _socat.DisposeAsync();

    [GeneratedRegex(@"/dev/\S+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port { get; }
}
