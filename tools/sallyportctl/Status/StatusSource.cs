using System.Net;
using System.Text.Json;

namespace Sallyport.Ctl.Status;

/// <summary>Asks the Watchdog's status page for its JSON.</summary>
internal sealed class StatusSource : IDisposable
{
    private const string Schema = "sallyport.gateway-status/1";
    private const int LargestAnswer = 4 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Uri _address;
    private readonly HttpClient _client;

    public StatusSource(Uri address)
    {
        _address = new Uri(address, "/status.json");
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Limit, MaxResponseContentBufferSize = LargestAnswer };
    }

    /// <summary>One look.</summary>
    public async Task<IStatusReport> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(_address, cancellationToken);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer.StatusCode is HttpStatusCode.OK ? Read(body) : Unreachable($"it answers {(int)answer.StatusCode}. {StatusText.Clean(FirstLine(body))}");
        }
        catch (HttpRequestException e)
        {
            return Unreachable(e.Message);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unreachable($"no answer within {Limit.TotalSeconds} s.");
        }
    }

    public void Dispose() => _client.Dispose();

    private IStatusReport Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object && string.Equals(StatusText.Of(root, "schema"), Schema, StringComparison.Ordinal)
                ? new StatusReport(root.Clone())
                : Unreachable($"what answers there is no {Schema}.");
        }
        catch (JsonException)
        {
            return Unreachable("what answers there is no JSON.");
        }
    }

    private static string FirstLine(byte[] body) => System.Text.Encoding.UTF8.GetString(body).Split('\n')[0];

    private UnreachableReport Unreachable(string reason) => new(_address, reason);
}
