using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sallyport.TestKit;

/// <summary>Takes spans by OTLP over HTTP, on a loopback address. Everything else that is sent to it, metrics for example, it takes and forgets.</summary>
public sealed class OtlpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private ImmutableArray<OtlpSpan> _spans = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OtlpSink()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, with <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> <c>http/protobuf</c>.</summary>
    public string Endpoint => $"http://{_listener.LocalEndpoint}";

    /// <summary>Waits until what has arrived is enough.</summary>
    /// <returns>All that arrived.</returns>
    public async Task<ImmutableArray<OtlpSpan>> UntilAsync(Func<ImmutableArray<OtlpSpan>, bool> isEnough, CancellationToken cancellationToken)
    {
        while (true)
        {
            (ImmutableArray<OtlpSpan> spans, Task more) = Look();
            if (isEnough(spans))
            {
                return spans;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private (ImmutableArray<OtlpSpan> Spans, Task More) Look()
    {
        lock (_lock)
        {
            return (_spans, _more.Task);
        }
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using NetworkStream stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    Take(request.Path, request.Body);
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The exporter is gone, or we are.
            }
        }
    }

    private void Take(string path, byte[] body)
    {
        if (path is not "/v1/traces")
        {
            return;
        }

        TaskCompletionSource more;
        lock (_lock)
        {
            _spans = _spans.AddRange(OtlpSpan.ReadAll(body));
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    private async Task<(string Path, byte[] Body)?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n");
        string length = lines.Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        byte[] body = new byte[int.Parse(length.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return (lines[0].Split(' ')[1], body);
    }
}
