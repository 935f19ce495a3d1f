using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sallyport.Ctl.Tests.Status;

/// <summary>A status page that gives one answer to each request, the last one for ever.</summary>
internal sealed class StatusDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public StatusDouble(params (int Code, string Body)[] answers)
    {
        _listener.Start();
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port).Uri.AbsoluteUri;
        _running = ServeAsync(answers);
    }

    public string Address { get; }

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync((int Code, string Body)[] answers)
    {
        for (int i = 0; ; i++)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            using var reader = new StreamReader(client.GetStream());
            Requests.Add(await reader.ReadLineAsync(_stop.Token) ?? "");
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
            {
                // The fields.
            }

            (int code, string body) = answers[Math.Min(i, answers.Length - 1)];
            await client.GetStream().WriteAsync(
                Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $"HTTP/1.1 {code} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}")),
                _stop.Token);
        }
    }
}
