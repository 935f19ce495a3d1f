using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity;
using Sallyport.IotHub.Tests.Broker;
using Sallyport.TestKit;

namespace Sallyport.IotHub.Tests.Workload;

public sealed class WorkloadClientTests
{
    private static readonly byte[] Digest = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    private readonly FakeTimeProvider _time = new();

    [Theory(Timeout = 30_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_signs_over_a_unix_socket_and_over_http(bool isSocket)
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        string answer = FakeWorkload.Say(200, $$"""{"digest":"{{Convert.ToBase64String(Digest)}}"}""");
        await using FakeWorkload daemon = isSocket ? FakeWorkload.OnSocket(_ => answer) : FakeWorkload.OnTcp(_ => answer);
        using var key = new WorkloadKey(new WorkloadClient(daemon.Address, _time), "$edge Hub", "gen/1");

        Assert.Equal(Digest, await key.SignAsync("hello"u8.ToArray(), over));

        string request = await daemon.Requests.ReadAsync(over);
        Assert.StartsWith("POST /modules/%24edge%20Hub/genid/gen%2F1/sign?api-version=2018-06-28 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"keyId":"primary","algo":"HMACSHA256","data":"aGVsbG8="}""", request, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_encrypts_and_decrypts_for_a_module_and_its_generation()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        await using var daemon = FakeWorkload.OnSocket(request => FakeWorkload.Say(
            200, request.Contains("/encrypt", StringComparison.Ordinal) ? """{"ciphertext":"Y2lwaGVy"}""" : """{"plaintext":"aGVsbG8="}"""));
        using var client = new WorkloadClient(daemon.Address, _time);

        Assert.Equal("cipher"u8.ToArray(), await client.EncryptAsync("m", "g", "hello"u8.ToArray(), "iv"u8.ToArray(), over));
        Assert.Equal("hello"u8.ToArray(), await client.DecryptAsync("m", "g", "cipher"u8.ToArray(), "iv"u8.ToArray(), over));

        string encrypt = await daemon.Requests.ReadAsync(over);
        Assert.StartsWith("POST /modules/m/genid/g/encrypt?api-version=2018-06-28 ", encrypt, StringComparison.Ordinal);
        Assert.EndsWith("""{"plaintext":"aGVsbG8=","initializationVector":"aXY="}""", encrypt, StringComparison.Ordinal);
        string decrypt = await daemon.Requests.ReadAsync(over);
        Assert.StartsWith("POST /modules/m/genid/g/decrypt?api-version=2018-06-28 ", decrypt, StringComparison.Ordinal);
        Assert.EndsWith("""{"ciphertext":"Y2lwaGVy","initializationVector":"aXY="}""", decrypt, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(403, 403)]
    [InlineData(200, null)]
    public async Task A_refusal_says_with_which_status(int status, int? expected)
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        await using var daemon = FakeWorkload.OnSocket(_ => FakeWorkload.Say(status, "{}"));
        using var client = new WorkloadClient(daemon.Address, _time);

        Assert.Equal(expected, (await Assert.ThrowsAsync<WorkloadException>(() => client.DecryptAsync("m", "g", [1], [2], over))).Status);
        Assert.Equal(expected, (await Assert.ThrowsAsync<WorkloadException>(() => client.EncryptAsync("m", "g", [1], [2], over))).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_reads_the_trust_bundle_as_plain_pem()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        using var authority = new TestAuthority(TimeProvider.System.GetUtcNow());
        string pem = authority.TrustBundle.ReplaceLineEndings("\\n");
        await using var daemon = FakeWorkload.OnSocket(_ => FakeWorkload.Say(200, $$"""{"certificate":"{{pem}}"}"""));
        using var client = new WorkloadClient(daemon.Address, _time);

        X509Certificate2Collection roots = await client.ReadTrustBundleAsync(over);

        Assert.Equal(2, roots.Count);
        Assert.StartsWith("GET /trust-bundle?api-version=2018-06-28 ", await daemon.Requests.ReadAsync(over), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_failure_of_the_daemon_is_tried_again_three_times()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        await using var daemon = FakeWorkload.OnSocket(_ => FakeWorkload.Say(500, """{"message":"later"}"""));
        using var client = new WorkloadClient(daemon.Address, new HurriedTime());

        WorkloadException exception = await Assert.ThrowsAsync<WorkloadException>(() => client.SignAsync("m", "g", default, over));
        Assert.Equal("The workload API answered 500 to sign.", exception.Message);
        Assert.Equal(4, daemon.Requests.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_daemon_that_comes_back_in_time_is_no_failure()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        int calls = 0;
        string good = $$"""{"digest":"{{Convert.ToBase64String(Digest)}}"}""";
        await using var daemon = FakeWorkload.OnSocket(_ => calls++ == 0 ? "" : FakeWorkload.Say(200, good));
        using var client = new WorkloadClient(daemon.Address, new HurriedTime());

        Assert.Equal(Digest, await client.SignAsync("m", "g", default, over));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(403, """{"message":"forbidden"}""", "The workload API answered 403 to sign.")]
    [InlineData(200, "not json", "The workload API's answer is not the JSON that was expected.")]
    [InlineData(200, "null", "The workload API answered null.")]
    [InlineData(200, "{}", "The workload API's signature is not 32 bytes.")]
    [InlineData(200, """{"digest":"AAAA"}""", "The workload API's signature is not 32 bytes.")]
    [InlineData(200, """{"digest":"%%%"}""", "The workload API's answer is not the JSON that was expected.")]
    public async Task Nonsense_is_a_failure_at_once(int status, string body, string expected)
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        await using var daemon = FakeWorkload.OnSocket(_ => FakeWorkload.Say(status, body));
        using var key = new WorkloadKey(new WorkloadClient(daemon.Address, _time), "m", "g");

        ModuleKeyException exception = await Assert.ThrowsAsync<ModuleKeyException>(() => key.SignAsync(default, over));

        Assert.Equal(expected, exception.Message);
        Assert.Equal(1, daemon.Requests.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_without_end_is_cut_off()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        await using var daemon = FakeWorkload.OnSocket(_ => FakeWorkload.Say(200, new string(' ', 2 * 1024 * 1024)));
        using var client = new WorkloadClient(daemon.Address, _time);

        WorkloadException exception = await Assert.ThrowsAsync<WorkloadException>(() => client.ReadTrustBundleAsync(over));

        Assert.Equal("The workload API cannot be reached (ConfigurationLimitExceeded).", exception.Message);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("""{"certificate":null}""", "The workload API's trust bundle is empty.")]
    [InlineData("""{"certificate":""}""", "The workload API's trust bundle is empty.")]
    [InlineData("""{"certificate":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}""", "The workload API's trust bundle cannot be read.")]
    public async Task A_bundle_without_certificates_is_a_failure(string body, string expected)
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        await using var daemon = FakeWorkload.OnSocket(_ => FakeWorkload.Say(200, body));
        using var client = new WorkloadClient(daemon.Address, _time);

        WorkloadException exception = await Assert.ThrowsAsync<WorkloadException>(() => client.ReadTrustBundleAsync(over));

        Assert.Equal(expected, exception.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_daemon_that_says_nothing_is_given_up_after_its_time()
    {
        CancellationToken over = TestContext.Current.CancellationToken;
        using var silence = new SemaphoreSlim(0);
        await using var daemon = FakeWorkload.OnSocket(_ =>
        {
            silence.Wait(over);
            return "";
        });
        using var client = new WorkloadClient(daemon.Address, _time);
        Task<byte[]> sign = client.SignAsync("m", "g", default, over);
        await daemon.Requests.ReadAsync(over);

        _time.Advance(TimeSpan.FromSeconds(30));

        WorkloadException exception = await Assert.ThrowsAsync<WorkloadException>(() => sign);
        Assert.Equal("The workload API did not answer within 30 s.", exception.Message);
        silence.Release();
    }

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("file:///a")]
    public void Another_kind_of_address_is_refused(string address) =>
        Assert.Throws<ArgumentException>(() => new WorkloadClient(new Uri(address), _time));
}
