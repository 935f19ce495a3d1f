using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests;

/// <summary>What a packet judge finds on the wire of a whole run.</summary>
[Collection(nameof(WholeRuns))]
public sealed partial class CaptureTests
{
    [Fact(Timeout = 180_000)]
    public async Task A_whole_run_contains_only_reads_and_no_mqtt_in_clear()
    {
        Peer.Require("tshark");
        Peer.RequireRoot("capturing packets");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(Path.GetTempPath(), $"sallyport-capture-{Guid.NewGuid():N}.pcapng");
        try
        {
            SimulatorRun run;
            await using (Tshark capture = await Tshark.StartCaptureAsync(file, cancellation))
            {
                run = await SimulatorRun.StartAsync("--duration", "8", "--check");
                Assert.True(run.ExitCode == 0, run.Output);
            }

            // Loopback belongs to all programs of the machine; a run has a network of its own there.
            string network = Network.Match(run.Output).Groups["network"].Value;
            Task<string[]> JudgedAsync(string filter, string field) => Tshark.FieldAsync(file, $"ip.addr == {network}.0/24 && ({filter})", field);

            string[] functions = await JudgedAsync("mbtcp", "modbus.func_code");
            Assert.InRange(functions.Length, 50, int.MaxValue);
            Assert.Empty(functions.Distinct(StringComparer.Ordinal).Except(["1", "2", "3", "4"], StringComparer.Ordinal));
            Assert.Empty(await JudgedAsync("_ws.malformed && mbtcp", "frame.number"));

            // The judge must have had something to judge: TLS on 8883, and nothing of what it carries outside of it.
            Assert.NotEmpty(await JudgedAsync("tls.handshake.type == 1 && tcp.dstport == 8883", "frame.number"));
            Assert.Empty(await JudgedAsync("tls.record.version < 0x0301 || tls.handshake.extensions.supported_version < 0x0303", "frame.number"));
            Assert.Empty(await JudgedAsync("mqtt || tcp.port == 1883", "frame.number"));
            Assert.Empty(await JudgedAsync(
                "tcp contains \"SharedAccessSignature\" || tcp contains \"sallyport.frame\" || tcp contains \"sallyport.batch\"", "frame.number"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"Plant listens on (?<network>127\.\d+\.\d+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Network { get; }
}
