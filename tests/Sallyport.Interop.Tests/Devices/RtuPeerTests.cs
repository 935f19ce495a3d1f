using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>Four independent stacks on a serial line, and behind converters that pass its frames through TCP.</summary>
public sealed partial class RtuPeerTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("libmodbus")]
    [InlineData("pymodbus")]
    [InlineData("jsmodbus")]
    [InlineData("modbus-serial")]
    public async Task Every_table_of_a_device_is_read_over_a_serial_line(string stack)
    {
        await using PtyPair line = await PtyPair.OpenAsync();
        await using PeerProcess device = await KnownDevice.StartAsync(stack, "rtu", line.Device, KnownDevice.Baud);
        await using var reader = new ReaderBench(line.Endpoint, KnownContents.Points());
        await reader.AssertReadsAllAsync();
        await reader.AssertReadsAllAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_table_of_a_device_is_read_as_rtu_over_tcp_from_pymodbus()
    {
        int port = KnownDevice.FreePort();
        await using PeerProcess device = await KnownDevice.StartAsync("pymodbus", "rtu-tcp", KnownDevice.Address, Text(port));
        await using var reader = new ReaderBench(OverTcp(port), KnownContents.Points());
        await reader.AssertReadsAllAsync();
    }

    // facts 6.31: socat passes on what the serial line gives it, in pieces of any size.
    [Theory(Timeout = 60_000)]
    [InlineData("libmodbus")]
    [InlineData("pymodbus")]
    [InlineData("jsmodbus")]
    [InlineData("modbus-serial")]
    public async Task Every_table_of_a_device_is_read_through_a_converter_from_tcp_to_a_serial_line(string stack)
    {
        await using PtyPair line = await PtyPair.OpenAsync();
        await using PeerProcess device = await KnownDevice.StartAsync(stack, "rtu", line.Device, KnownDevice.Baud);
        int port = KnownDevice.FreePort();
        await using PeerProcess converter = await Socat.ListenAsync($"TCP-LISTEN:{port},bind={KnownDevice.Address},reuseaddr,fork", $"{line.Reader},raw,echo=0");
        await using var reader = new ReaderBench(OverTcp(port), KnownContents.Points());
        await reader.AssertReadsAllAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_reader_and_mbpoll_agree_about_a_serial_line()
    {
        Peer.Require("mbpoll");
        await using PtyPair line = await PtyPair.OpenAsync();
        await using PeerProcess device = await KnownDevice.StartAsync("libmodbus", "rtu", line.Device, KnownDevice.Baud);
        string polled = await PeerProcess.RunAsync(
            "mbpoll", "-m", "rtu", "-b", KnownDevice.Baud, "-P", "none", "-a", Text(KnownDevice.UnitId), "-0", "-q", "-1", "-r", "7", "-c", "20", "-t", "4:hex", line.Reader);
        await using var reader = new ReaderBench(line.Endpoint, KnownContents.HoldingRegisters([.. Enumerable.Range(7, 20)]));
        var read = await reader.ReadAllAsync();
        Assert.Equal(
            read.ToDictionary(value => value.Key, value => value.Value.AsInt64()),
            Polled.Matches(polled).ToDictionary(
                match => KnownContents.Name("holdingRegister", int.Parse(match.Groups["address"].Value, CultureInfo.InvariantCulture)),
                match => long.Parse(match.Groups["value"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    // facts 6.7, 6.18, 6.20, 6.25, 6.27
    [Fact(Timeout = 60_000)]
    public async Task What_is_wrong_on_a_serial_line_never_becomes_data_and_what_is_right_after_it_does()
    {
        await using PtyPair line = await PtyPair.OpenAsync();
        await using PeerProcess device = await KnownDevice.StartAsync("libmodbus", "rtu", line.Device, KnownDevice.Baud);
        await using (var patient = new ReaderBench(line.Endpoint, KnownContents.HoldingRegisters(OddDevice.Good)))
        {
            Assert.Equal(6, Assert.IsType<ReadOutcome.Refused>(await new OddDevice(patient).ReadAsync(OddDevice.Busy)).Code.Value);
            await new OddDevice(patient).AssertReadsAsync(OddDevice.SingleBytes);
        }

        // The late reply comes while the bus is being left to fall silent: frames of a bus have no id, and later still nobody could tell.
        await using var reader = new ReaderBench(
            line.Endpoint, KnownContents.HoldingRegisters(OddDevice.Good), new JsonObject { ["timeoutMs"] = OddDevice.TooShortMs });
        var odd = new OddDevice(reader);
        foreach (int address in (int[])[OddDevice.WrongUnit, OddDevice.ShortCount, OddDevice.Late])
        {
            ReadOutcome outcome = await odd.ReadAsync(address);
            Assert.True(outcome is ReadOutcome.Broken or ReadOutcome.TimedOut, outcome.ToString());
            await odd.AssertReadsAsync(OddDevice.Good);
        }
    }

    private static string OverTcp(int port) => $"modbus-rtu-tcp://{KnownDevice.Address}:{port}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\[(?<address>\d+)\]:\s+0x(?<value>[0-9A-F]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Polled { get; }
}
