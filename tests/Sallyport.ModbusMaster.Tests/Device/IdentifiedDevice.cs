using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A device that answers requests for its identification with the PDUs of the test, and the master in front of it.</summary>
internal sealed class IdentifiedDevice : IAsyncDisposable
{
    private const int RequestInBytes = 11;

    private readonly TestMeters _meters = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly Task _serving;

    public IdentifiedDevice(Func<byte[], byte[]> pdu)
    {
        _listener.Start();
        var endpoint = new ModbusEndpoint.Tcp("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        Master = new ModbusMasterFactory(new ModbusMetrics(_meters), TimeProvider.System, NullLoggerFactory.Instance)
            .Create(new ConnectionPlan("plant", endpoint, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        _serving = ServeAsync(pdu);
    }

    public IModbusMaster Master { get; }

    public async ValueTask DisposeAsync()
    {
        await Master.DisposeAsync();
        await _serving;
        _listener.Dispose();
        _meters.Dispose();
    }

    private async Task ServeAsync(Func<byte[], byte[]> pdu)
    {
        try
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using NetworkStream stream = client.GetStream();
            byte[] request = new byte[RequestInBytes];
            while (true)
            {
                await stream.ReadExactlyAsync(request, TestContext.Current.CancellationToken);
                byte[] body = pdu(request);
                await stream.WriteAsync((byte[])[.. request[..4], 0, (byte)(body.Length + 1), request[6], .. body], TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // The master closed the connection.
        }
    }
}
