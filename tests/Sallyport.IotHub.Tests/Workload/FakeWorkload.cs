using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Sallyport.IotHub.Tests.Workload;

/// <summary>A workload API of our own: says what it is told, and remembers what it was asked.</summary>
internal sealed class FakeWorkload : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    private readonly Func<string, string> _answer;
    private readonly Task _running;

    private FakeWorkload(Socket listener, Uri address, Func<string, string> answer)
    {
        (_listener, Address, _answer) = (listener, address, answer);
        _listener.Listen();
        _running = RunAsync();
    }

    public Uri Address { get; }

    /// <summary>Head and body of each request.</summary>
    public ChannelReader<string> Requests => _requests.Reader;

    /// <summary>On a unix socket.</summary>
    /// <param name="answer">Makes the whole answer, head and body, from the request.</param>
    public static FakeWorkload OnSocket(Func<string, string> answer)
    {
        string path = Path.Combine(Path.GetTempPath(), $"w{Guid.NewGuid():N}.sock");
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        return new FakeWorkload(listener, new Uri("unix://" + path), answer);
    }

    /// <summary>On TCP.</summary>
    public static FakeWorkload OnTcp(Func<string, string> answer)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new FakeWorkload(listener, new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"), answer);
    }

    /// <summary>An answer as the Edge daemon gives it.</summary>
    public static string Say(int status, string body) =>
        $"HTTP/1.1 {status} Reason\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
        if (string.Equals(Address.Scheme, "unix", StringComparison.Ordinal))
        {
            File.Delete(Address.LocalPath);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using Socket connection = await _listener.AcceptAsync(_stop.Token);
                await AnswerAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        try
        {
            string request = await ReadAsync(connection);
            _requests.Writer.TryWrite(request);
            await connection.SendAsync(Encoding.UTF8.GetBytes(_answer(request)), SocketFlags.None, _stop.Token);
        }
        catch (SocketException)
        {
            // The client did not wait for all of it.
        }
    }

    private async Task<string> ReadAsync(Socket connection)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (!IsComplete(text.ToString()))
        {
            int read = await connection.ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static bool IsComplete(string request)
    {
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        int length = request.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return end >= 0
            && (length < 0
                || request.Length - end - 4 >= int.Parse(request.AsSpan(length + 16, request.IndexOf('\r', length) - length - 16), System.Globalization.CultureInfo.InvariantCulture));
    }
}
