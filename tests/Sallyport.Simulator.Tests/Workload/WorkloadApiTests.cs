using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.Workload;

public sealed class WorkloadApiTests
{
    private const string Version = "?api-version=2018-06-28";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Sign_gives_the_HMAC_with_the_modules_key_and_the_length_of_the_answer()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = await ConnectAsync(harness, harness.Alpha);

        using HttpResponseMessage answer = await PostAsync(
            client, Path(harness.Alpha, "sign"), """{"keyId":"primary","algo":"HMACSHA256","data":"aGVsbG8="}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(answer.Content.Headers.ContentLength);
        Assert.NotEqual(true, answer.Headers.TransferEncodingChunked);
        Assert.Equal(
            Convert.ToBase64String(HMACSHA256.HashData(harness.Alpha.PrimaryKey.Span, "hello"u8)),
            (string?)(await ReadAsync(answer))["digest"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_trust_bundle_is_the_root_as_plain_PEM()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = await ConnectAsync(harness, harness.Alpha);

        using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://x/trust-bundle{Version}"), Cancel);

        Assert.Equal(harness.Authority.TrustBundlePem, (string?)(await ReadAsync(answer))["certificate"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_encrypted_is_decrypted_for_the_same_module_generation_and_vector_only()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient alpha = await ConnectAsync(harness, harness.Alpha);
        using HttpClient beta = await ConnectAsync(harness, harness.Beta);
        using HttpResponseMessage encrypted = await PostAsync(
            alpha, Path(harness.Alpha, "encrypt"), """{"plaintext":"c2VjcmV0","initializationVector":"aXY="}""");
        string ciphertext = (string)(await ReadAsync(encrypted))["ciphertext"]!;

        async Task<HttpResponseMessage> DecryptAsync(HttpClient client, RegisteredIdentity module, string vector) =>
            await PostAsync(client, Path(module, "decrypt"), $$"""{"ciphertext":"{{ciphertext}}","initializationVector":"{{vector}}"}""");

        using HttpResponseMessage good = await DecryptAsync(alpha, harness.Alpha, "aXY=");
        Assert.Equal("c2VjcmV0", (string?)(await ReadAsync(good))["plaintext"]);
        using HttpResponseMessage otherVector = await DecryptAsync(alpha, harness.Alpha, "aXYy");
        Assert.Equal(HttpStatusCode.InternalServerError, otherVector.StatusCode);
        using HttpResponseMessage otherModule = await DecryptAsync(beta, harness.Beta, "aXY=");
        Assert.Equal(HttpStatusCode.InternalServerError, otherModule.StatusCode);
        RegisteredIdentity reborn = harness.Hub.AddModule(BrokerHarness.DeviceId, "alpha");
        using HttpClient again = await ConnectAsync(harness, reborn);
        using HttpResponseMessage otherGeneration = await DecryptAsync(again, reborn, "aXY=");
        Assert.Equal(HttpStatusCode.InternalServerError, otherGeneration.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_certificate_is_created_with_its_key_and_chain()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = await ConnectAsync(harness, harness.Alpha);

        using HttpResponseMessage answer = await PostAsync(
            client, Path(harness.Alpha, "certificate/server"), """{"commonName":"gateway.local","expiration":"2027-01-01T00:00:00Z"}""");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        JsonObject issued = await ReadAsync(answer);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem((string)issued["certificate"]!);
        Assert.Equal(3, chain.Count);
        using var leaf = X509Certificate2.CreateFromPem((string)issued["certificate"]!, (string)issued["privateKey"]!["bytes"]!);
        Assert.True(leaf.MatchesHostname("alpha", allowWildcards: false, allowCommonName: false));
        Assert.Equal("key", (string?)issued["privateKey"]!["type"]);
        Assert.Equal(leaf.NotAfter.ToUniversalTime(), ((DateTimeOffset)issued["expiration"]!).UtcDateTime);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("POST", "/modules/beta/genid/{generation}/sign?api-version=2018-06-28", "{}", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/modules/alpha/genid/1/sign?api-version=2018-06-28", "{}", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/sign?api-version=2018-06-28", "", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/sign?api-version=2018-06-28", """{"data":"~"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/sign?api-version=2018-06-28", """{"data":1}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/encrypt?api-version=2018-06-28", """{"plaintext":"YQ=="}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/certificate/server?api-version=2018-06-28", "{}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/sign", """{"data":"YQ=="}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/sign?api-version=2017-01-01", """{"data":"YQ=="}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/modules/alpha/genid/{generation}/other?api-version=2018-06-28", "{}", HttpStatusCode.NotFound)]
    [InlineData("POST", "/trust-bundle?api-version=2018-06-28", "", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing?api-version=2018-06-28", "", HttpStatusCode.NotFound)]
    public async Task A_request_that_is_refused_is_told_why_in_JSON(string method, string path, string body, HttpStatusCode status)
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = await ConnectAsync(harness, harness.Alpha);
        using var request = new HttpRequestMessage(
            new HttpMethod(method), $"http://x{path.Replace("{generation}", harness.Alpha.GenerationId, StringComparison.Ordinal)}")
        {
            Content = new StringContent(body),
        };

        using HttpResponseMessage answer = await client.SendAsync(request, Cancel);

        Assert.Equal(status, answer.StatusCode);
        Assert.NotEmpty((string)(await ReadAsync(answer))["message"]!);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dollar_sign_in_front_of_a_name_makes_no_difference()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        RegisteredIdentity edgeHub = harness.Hub.AddModule(BrokerHarness.DeviceId, "$edgeHub");
        using HttpClient client = await ConnectAsync(harness, edgeHub);

        using HttpResponseMessage answer = await PostAsync(
            client, $"/modules/%24edgeHub/genid/{edgeHub.GenerationId}/sign", """{"data":"YQ=="}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Everybody_may_use_the_socket_and_a_removed_one_is_gone()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        string path = await harness.Workload.AddModuleAsync(harness.Alpha, Cancel);
        const UnixFileMode everybody = (UnixFileMode)0b110_110_110;
        Assert.Equal(everybody, OperatingSystem.IsWindows() ? everybody : File.GetUnixFileMode(path));

        await harness.Workload.RemoveModuleAsync("alpha");

        Assert.False(File.Exists(path));
    }

    [Fact(Timeout = 60_000)]
    public async Task Modules_are_listed()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = await ConnectAsync(harness, harness.Alpha);

        using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://x/modules{Version}"), Cancel);

        Assert.Equal("alpha", (string?)(await ReadAsync(answer))["modules"]![0]!["name"]);
    }

    private static string Path(RegisteredIdentity module, string operation) =>
        $"/modules/{module.Identity.ModuleId}/genid/{module.GenerationId}/{operation}";

    private static async Task<HttpClient> ConnectAsync(BrokerHarness harness, RegisteredIdentity module)
    {
        string path = await harness.Workload.AddModuleAsync(module, Cancel);
        return new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body) =>
        client.PostAsync(new Uri($"http://x{path}{Version}"), new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject();
}
