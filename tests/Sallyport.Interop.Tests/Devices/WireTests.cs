using System.Text.Json.Nodes;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>What tshark finds on the wire between our master and libmodbus.</summary>
public sealed class WireTests
{
    private const int Polls = 25;
    private const int Deep = 4;

    [Fact(Timeout = 60_000)]
    public async Task Only_reads_go_out_and_never_two_at_once_at_depth_1()
    {
        Wire wire = await CaptureAsync([], async reader =>
        {
            for (int i = 0; i < Polls; i++)
            {
                await reader.AssertReadsAllAsync();
            }
        });
        Assert.Equal(Polls * wire.Expected.Length, wire.Requests);
        Assert.Equal(1, wire.MostInFlight);
        Assert.Equal(Polls * wire.Expected.Where(request => !request.Table.HoldsBits).Sum(request => request.Quantity), wire.Registers);
    }

    // facts 6.4, 6.6
    [Fact(Timeout = 60_000)]
    public async Task Requests_in_flight_at_depth_4_are_four_at_most_and_each_has_an_id_of_its_own()
    {
        Wire wire = await CaptureAsync(new JsonObject { ["depth"] = Deep }, async reader =>
        {
            Assert.Equal(Deep, reader.Master.Depth);
            byte[][] data = [.. Enumerable.Range(0, 2 * Deep).Select(_ => new byte[250])];
            for (int i = 0; i < Polls; i++)
            {
                ReadOutcome[] outcomes = await Task.WhenAll(data.Select((bytes, place) => reader.ReadAsync(10 * place, 7, bytes)));
                Assert.All(outcomes, outcome => Assert.IsType<ReadOutcome.Good>(outcome));
                Assert.All(data, (bytes, place) => Assert.Equal(
                    KnownContents.Expected(KnownContents.Name("holdingRegister", 10 * place)), (long)((bytes[0] << 8) | bytes[1])));
            }

            Assert.Equal(Deep, reader.Master.Depth);
        });
        Assert.Equal(2 * Deep * Polls, wire.Requests);
        Assert.InRange(wire.MostInFlight, 2, Deep);
    }

    private static async Task<Wire> CaptureAsync(JsonObject connection, Func<ReaderBench, Task> use)
    {
        Peer.Require("tshark");
        Peer.RequireRoot("capturing packets");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(Path.GetTempPath(), $"sallyport-wire-{Guid.NewGuid():N}.pcapng");
        int port = KnownDevice.FreePort();
        try
        {
            await using PeerProcess device = await KnownDevice.StartTcpAsync("libmodbus", port);
            ReadRequest[] requests;
            await using (Tshark capture = await Tshark.StartCaptureAsync(file, port, cancellation))
            {
                await using var reader = new ReaderBench(ReaderBench.Tcp(port), KnownContents.Points(), connection);
                requests = [.. reader.Requests];
                await use(reader);
                await capture.CatchUpAsync(cancellation);
            }

            return Judge(await Tshark.RowsAsync(file, port), port, requests);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Walks through the messages in the order of the capture; each row is one, of either direction.</summary>
    private static Wire Judge(IEnumerable<MbapMessage> messages, int port, ReadRequest[] expected)
    {
        var inFlight = new HashSet<int>();
        (int requests, int most, int registers) = (0, 0, 0);
        foreach (MbapMessage message in messages)
        {
            Assert.Contains(message.FunctionCode, (int[])[1, 2, 3, 4, 43]);
            if (message.DestinationPort == port)
            {
                Assert.True(inFlight.Add(message.TransactionId), $"Transaction id {message.TransactionId} is on its way twice.");
                most = Math.Max(most, inFlight.Count);
                requests++;
                registers += message.FunctionCode is 3 or 4 ? message.Quantity : 0;
            }
            else
            {
                Assert.True(inFlight.Remove(message.TransactionId), $"Nobody asked for {message.TransactionId}.");
            }
        }

        Assert.Empty(inFlight);
        return new Wire(expected, requests, most, registers);
    }

    private sealed record Wire(ReadRequest[] Expected, int Requests, int MostInFlight, int Registers);
}
