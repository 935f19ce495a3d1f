using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sallyport.Hosting.Tests;

public sealed class OtlpTests : IDisposable
{
    private readonly TcpListener _collector = new(IPAddress.Loopback, 0);

    public OtlpTests()
    {
        _collector.Start();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{_collector.LocalEndpoint}");
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        _collector.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task Metrics_are_pushed_by_OTLP_when_an_endpoint_is_set()
    {
        using var module = new TestModule();
        Task<int> running = await module.StartAsync();
        module.Stop();
        using TcpClient exporter = await _collector.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        NetworkStream stream = exporter.GetStream();
        byte[] buffer = new byte[64 * 1024];
        var received = new StringBuilder();
        while (!received.ToString().Contains("sallyport.module.healthy", StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Assert.StartsWith("POST /v1/metrics HTTP/1.1", received.ToString(), StringComparison.Ordinal);
        Assert.All(["edge_device", "hub.example", "TestModule", "run-1"], text => Assert.Contains(text, received.ToString(), StringComparison.Ordinal));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(0, await running);
    }
}
