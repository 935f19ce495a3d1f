using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sallyport.IotHub.Workload;

namespace Sallyport.IotHub;

/// <summary>The Edge daemon's workload API: signs with the module's key, which never leaves the daemon, and names the roots to trust.</summary>
/// <remarks>Answers of status 500 and above, and a daemon that is not there, are tried again three times: sockets go away for a moment when
/// the daemon restarts. Thread safe.</remarks>
public sealed class WorkloadClient : IDisposable
{
    // All daemons since 1.0 know this one; the calls used here have not changed since.
    private const string ApiVersion = "?api-version=2018-06-28";
    private const int MaxResponseInBytes = 1024 * 1024;
    private const int DigestLength = 32;

    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan[] RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Prepares the client; nothing is connected yet.</summary>
    /// <param name="address"><c>unix:///path/of/the.sock</c> or <c>http://host:port</c>.</param>
    /// <param name="time">Times limits and retries.</param>
    /// <exception cref="ArgumentException">The address is of another kind.</exception>
    public WorkloadClient(Uri address, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        if (IsSocket(address))
        {
            string path = address.LocalPath;
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        }
        else if (!string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
        {
            handler.Dispose();
            throw new ArgumentException("The workload API is reached by unix:///path or http://host:port.", nameof(address));
        }

        _http = new HttpClient(handler)
        {
            BaseAddress = IsSocket(address) ? new Uri("http://workload/") : address,
            MaxResponseContentBufferSize = MaxResponseInBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>HMAC-SHA256 with the module's key; 32 bytes.</summary>
    /// <exception cref="WorkloadException">It refused or did not answer.</exception>
    public async Task<byte[]> SignAsync(string moduleId, string generationId, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        string path = PathOf(moduleId, generationId, "sign");
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new SignRequest("primary", "HMACSHA256", data.ToArray()), WorkloadJson.Default.SignRequest);
        SignResponse response = await CallAsync(HttpMethod.Post, path, body, WorkloadJson.Default.SignResponse, cancellationToken);
        return response.Digest is { Length: DigestLength } digest
            ? digest
            : throw new WorkloadException("The workload API's signature is not 32 bytes.");
    }

    /// <summary>Encrypts for this module and generation; nobody else can decrypt it.</summary>
    /// <param name="moduleId">The module.</param>
    /// <param name="generationId">Its generation: after the module was removed and added again it is another.</param>
    /// <param name="plaintext">Zeroed by the caller, if it is a secret. No copy stays here.</param>
    /// <param name="initializationVector">Needed again to decrypt.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WorkloadException">It refused or did not answer.</exception>
    public async Task<byte[]> EncryptAsync(
        string moduleId, string generationId, byte[] plaintext, byte[] initializationVector, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new EncryptRequest(plaintext, initializationVector), WorkloadJson.Default.EncryptRequest);
        try
        {
            EncryptResponse response = await CallAsync(
                HttpMethod.Post, PathOf(moduleId, generationId, "encrypt"), body, WorkloadJson.Default.EncryptResponse, cancellationToken);
            return response.Ciphertext ?? throw new WorkloadException("The workload API's answer has no ciphertext.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <summary>Decrypts what <see cref="EncryptAsync"/> gave.</summary>
    /// <returns>Zeroed by the caller, if it is a secret.</returns>
    /// <exception cref="WorkloadException">It refused or did not answer. A daemon that cannot decrypt, because it was encrypted for another module or generation
    /// or with another vector, says 500, as it does when its key service is down.</exception>
    public async Task<byte[]> DecryptAsync(
        string moduleId, string generationId, byte[] ciphertext, byte[] initializationVector, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new DecryptRequest(ciphertext, initializationVector), WorkloadJson.Default.DecryptRequest);
        DecryptResponse response = await CallAsync(
            HttpMethod.Post, PathOf(moduleId, generationId, "decrypt"), body, WorkloadJson.Default.DecryptResponse, cancellationToken);
        return response.Plaintext ?? throw new WorkloadException("The workload API's answer has no plaintext.");
    }

    /// <summary>The certificates to trust.</summary>
    /// <exception cref="WorkloadException">It refused or did not answer, or the bundle holds no certificate.</exception>
    public async Task<X509Certificate2Collection> ReadTrustBundleAsync(CancellationToken cancellationToken)
    {
        TrustBundleResponse response = await CallAsync(
            HttpMethod.Get, "trust-bundle", null, WorkloadJson.Default.TrustBundleResponse, cancellationToken);
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(response.Certificate);
        }
        catch (CryptographicException e)
        {
            throw new WorkloadException("The workload API's trust bundle cannot be read.", e);
        }

        return roots.Count > 0 ? roots : throw new WorkloadException("The workload API's trust bundle is empty.");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string PathOf(string moduleId, string generationId, string operation) =>
        $"modules/{Uri.EscapeDataString(moduleId)}/genid/{Uri.EscapeDataString(generationId)}/{operation}";

    private static bool IsSocket(Uri address) => string.Equals(address.Scheme, "unix", StringComparison.Ordinal);

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<T> CallAsync<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await CallOnceAsync(method, path, body, type, cancellationToken);
            }
            catch (WorkloadException e) when (e.IsTransient && attempt < RetryDelays.Length)
            {
                await Task.Delay(RetryDelays[attempt], _time, cancellationToken);
            }
        }
    }

    private async Task<T> CallOnceAsync<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(CallLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, path + ApiVersion);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token);
            int status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
            {
                throw new WorkloadException($"The workload API answered {status} to {path.Split('/')[^1]}.")
                {
                    IsTransient = status >= 500,
                    Status = status,
                };
            }

            byte[] answer = await response.Content.ReadAsByteArrayAsync(either.Token);
            T? read = JsonSerializer.Deserialize(answer, type);
            CryptographicOperations.ZeroMemory(answer); // It may hold a key.
            return read ?? throw new WorkloadException("The workload API answered null.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkloadException($"The workload API did not answer within {CallLimit.TotalSeconds:0} s.");
        }
        catch (HttpRequestException e)
        {
            throw new WorkloadException($"The workload API cannot be reached ({e.HttpRequestError}).", e)
            {
                IsTransient = e.HttpRequestError is not HttpRequestError.ConfigurationLimitExceeded,
            };
        }
        catch (JsonException e)
        {
            throw new WorkloadException("The workload API's answer is not the JSON that was expected.", e);
        }
    }
}
