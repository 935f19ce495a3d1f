using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>Four independent stacks over TCP.</summary>
public sealed class TcpPeerTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("libmodbus")]
    [InlineData("pymodbus")]
    [InlineData("jsmodbus")]
    [InlineData("modbus-serial")]
    public async Task Every_table_of_a_device_is_read_over_tcp(string stack)
    {
        int port = KnownDevice.FreePort();
        await using PeerProcess device = await KnownDevice.StartTcpAsync(stack, port);
        await using var reader = new ReaderBench(ReaderBench.Tcp(port), KnownContents.Points());
        await reader.AssertReadsAllAsync();
        await reader.AssertReadsAllAsync();
    }
}
