using System.Globalization;
using System.Text;
using Sallyport.ModbusMaster.Tests.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>What a device gets to see of the identification, byte by byte.</summary>
public sealed class IdentificationOnTheWireTests
{
    private const int TestLimit = 30_000;
    private const byte ReadHoldingRegisters = 3;
    private const byte ReadDeviceIdentification = 43;

    // facts 6.33: FC 43 crashes old devices.
    [Fact(Timeout = TestLimit)]
    public async Task No_function_43_leaves_when_no_unit_has_the_key()
    {
        await using var device = new ScriptedDevice(AnswerAsync);
        await using (var reader = new ReaderOnTheWire(Document(device.Port, identify: false)))
        {
            await FramesAsync(reader, count: 5);
        }

        Assert.NotEmpty(device.Requests);
        Assert.All(device.Requests, request => Assert.Equal(ReadHoldingRegisters, request[7]));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_unit_with_the_key_is_asked_after_its_first_poll_and_then_no_more()
    {
        await using var device = new ScriptedDevice(AnswerAsync);
        await using (var reader = new ReaderOnTheWire(Document(device.Port, identify: true)))
        {
            while (!Encoding.UTF8.GetString((await reader.NextStatusAsync()).Message.Body.Span).Contains(
                "\"identity\":{\"vendor\":\"ABC\",\"productCode\":\"P1\",\"revision\":\"1.0\"}", StringComparison.Ordinal))
            {
                // Starting, online, and perhaps metadata that do not know it yet.
            }

            await FramesAsync(reader, count: 5);
        }

        byte[][] requests = [.. device.Requests];
        Assert.Equal(ReadHoldingRegisters, requests[0][7]);
        byte[] asked = Assert.Single(requests, request => request[7] == ReadDeviceIdentification);
        Assert.Equal("0005 07 2B0E0100", $"{Convert.ToHexString(asked[4..6])} {Convert.ToHexString(asked[6..7])} {Convert.ToHexString(asked[7..])}");
        Assert.Equal(1, device.ConnectionCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_closes_the_connection_for_it_is_not_asked_twice_and_gives_every_value()
    {
        await using var device = new ScriptedDevice(turn => turn.FunctionCode == ReadDeviceIdentification ? turn.CloseAsync() : turn.SendAsync(turn.Correct()));
        await using (var reader = new ReaderOnTheWire(Document(device.Port, identify: true)))
        {
            int frames = 0;
            while (device.ConnectionCount < 2 || frames < 5)
            {
                Assert.Equal("Good", (await reader.NextFrameAsync()).Message.Properties[MessageProperties.Quality]);
                frames++;
            }
        }

        Assert.Single(device.Requests, request => request[7] == ReadDeviceIdentification);
    }

    private static Task AnswerAsync(DeviceTurn turn) =>
        turn.SendAsync(turn.FunctionCode == ReadDeviceIdentification ? turn.Identification("ABC", "P1", "1.0") : turn.Correct());

    private static async Task FramesAsync(ReaderOnTheWire reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await reader.NextFrameAsync();
        }
    }

    private static string Document(int port, bool identify) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"connections":{"u":{"endpoint":"modbus-tcp://127.0.0.1:{{{port}}}"}},
         "units":{"u":{{{(identify ? "{\"identify\":true," : "{")}}}"connection":"u","unitId":7}},
         "groups":{"fast":{"intervalMs":50}},
         "points":{"u":{"p":{"group":"fast","table":"holdingRegister","address":1,"type":"uint16"} } } }
        """);
}
