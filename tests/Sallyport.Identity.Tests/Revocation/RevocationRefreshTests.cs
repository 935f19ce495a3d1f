using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Revocation;
using Sallyport.Identity.Tests.Trust;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.Revocation;

public sealed class RevocationRefreshTests : IAsyncLifetime
{
    private readonly TestPki _pki = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TestMeters _meters = new();
    private readonly ListServer _server = new();
    private readonly FakeLogger<RevocationRefresh> _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-lists-").FullName;
    private readonly string _state = Directory.CreateTempSubdirectory("sallyport-kept-").FullName;
    private readonly RevocationStore _store;
    private readonly RevocationRefresh _refresh;
    private readonly X509Certificate2 _device;

    public RevocationRefreshTests()
    {
        _time.SetUtcNow(_pki.Now);
        _store = new RevocationStore(_time);
        _refresh = Refresh(_store);
        _device = _pki.Device(new Shape { With = [TestPki.ListAt(_server.Address.AbsoluteUri)] });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _device.Dispose();
        _refresh.Dispose();
        _store.Dispose();
        await _server.DisposeAsync();
        _meters.Dispose();
        _pki.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task A_list_in_the_folder_counts_after_the_next_look()
    {
        Put(1);
        await _refresh.PassAsync(Stop);
        Assert.IsType<RevocationAnswer.Good>(Ask(_store));
        Put(2, _device);
        await _refresh.PassAsync(Stop);
        Assert.IsType<RevocationAnswer.Revoked>(Ask(_store));
    }

    [Fact]
    public async Task A_list_is_fetched_from_where_the_certificate_says_it_is()
    {
        using var accepted = new MetricCollector<long>(_meters, "Sallyport.Identity", "sallyport.revocation.lists_accepted");
        _server.Body = List(1);
        Assert.IsType<RevocationAnswer.Unknown>(Ask(_store));
        Assert.True(await _refresh.PassAsync(Stop));
        Assert.IsType<RevocationAnswer.Good>(Ask(_store));
        Assert.Equal(1, accepted.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal("Revocation list 1 of 'CN=Test Issuing, O=Plant' counts: 0 certificates are revoked, the next list is due at " + _pki.Now.AddDays(7).ToString(System.Globalization.CultureInfo.InvariantCulture), _log.LatestRecord.Message);
    }

    [Theory]
    [InlineData("302 Found", "Location: http://127.0.0.1:1/\r\n")]
    [InlineData("404 Not Found", "")]
    [InlineData("200 OK", "Content-Length: 10485761\r\n")]
    public async Task An_answer_that_is_no_list_is_counted_and_asked_for_again_soon(string status, string header)
    {
        using var failures = new MetricCollector<long>(_meters, "Sallyport.Identity", "sallyport.revocation.fetch_failures");
        (_server.Status, _server.Header, _server.Body) = (status, header, List(1));
        Ask(_store);
        Assert.False(await _refresh.PassAsync(Stop));
        Assert.Equal(1, failures.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.IsType<RevocationAnswer.Unknown>(Ask(_store));
        Assert.Equal(6103, _log.LatestRecord.Id.Id);
    }

    [Fact]
    public async Task A_body_without_an_end_is_cut_off_at_10_MiB()
    {
        _server.Body = new byte[RevocationList.MaxSizeInBytes + 1];
        Ask(_store);
        Assert.False(await _refresh.PassAsync(Stop));
        Assert.EndsWith("it is larger than 10 MiB", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_counted_as_a_list_that_is_not_believed()
    {
        using var refused = new MetricCollector<long>(_meters, "Sallyport.Identity", "sallyport.revocation.lists_refused");
        _server.Body = [1, 2, 3];
        Ask(_store);
        Assert.False(await _refresh.PassAsync(Stop));
        Assert.Equal("Unreadable", refused.LastMeasurement?.Tags["reason"]);
        Assert.Equal(6102, _log.LatestRecord.Id.Id);
    }

    [Fact]
    public async Task An_old_list_that_is_played_back_is_an_alarm()
    {
        _server.Body = List(2, _device);
        Ask(_store);
        await _refresh.PassAsync(Stop);
        _server.Body = List(1);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(await _refresh.PassAsync(Stop));
        Assert.Contains("is not believed: NotNewer", _log.LatestRecord.Message, StringComparison.Ordinal);
        Assert.IsType<RevocationAnswer.Revoked>(Ask(_store));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        _server.IsDeaf = true;
        Ask(_store);
        Task<bool> pass = _refresh.PassAsync(Stop);
        while (!pass.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.False(await pass);
        Assert.EndsWith("no answer within 30 s", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_the_kept_list_counts_and_an_older_one_does_not()
    {
        _server.Body = List(2, _device);
        Ask(_store);
        await _refresh.PassAsync(Stop);

        using var store = new RevocationStore(_time);
        using RevocationRefresh again = Refresh(store);
        await again.LoadAsync(Stop);
        Assert.IsType<RevocationAnswer.Revoked>(Ask(store));
        _server.Body = List(1);
        await again.PassAsync(Stop);
        Assert.IsType<RevocationAnswer.Revoked>(Ask(store));
    }

    [Fact]
    public async Task A_list_that_cannot_be_kept_still_counts_and_is_counted()
    {
        using var meters = new TestMeters();
        using var unsaved = new MetricCollector<long>(meters, "Sallyport.Identity", "sallyport.revocation.lists_not_saved");
        string file = Path.Combine(_folder, "no-folder");
        await File.WriteAllTextAsync(file, "", Stop);
        using var refresh = new RevocationRefresh(
            _store, new RevocationOptions { Folder = _folder, StateFolder = file }, meters, _time, _log, () => 0.5);
        Put(1);
        Ask(_store);
        Assert.False(await refresh.PassAsync(Stop));
        Assert.IsType<RevocationAnswer.Good>(Ask(_store));
        Assert.Equal(1, unsaved.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task Half_of_the_life_of_a_list_is_an_alarm_once()
    {
        _server.Body = List(1);
        Ask(_store);
        await _refresh.PassAsync(Stop);
        _time.Advance(TimeSpan.FromHours(83));
        await _refresh.PassAsync(Stop);
        Assert.DoesNotContain(_log.Collector.GetSnapshot(), one => one.Level == LogLevel.Error);
        _time.Advance(TimeSpan.FromHours(1));
        await _refresh.PassAsync(Stop);
        await _refresh.PassAsync(Stop);
        Assert.Single(_log.Collector.GetSnapshot(), one => one.Level == LogLevel.Error);
    }

    [Fact]
    public async Task The_time_that_a_list_has_left_is_a_gauge()
    {
        using var remaining = new MetricCollector<double>(_meters, "Sallyport.Identity", "sallyport.revocation.list_remaining_seconds");
        Put(1);
        Ask(_store);
        await _refresh.PassAsync(Stop);
        remaining.RecordObservableInstruments();
        Assert.Equal(TimeSpan.FromDays(7).TotalSeconds, remaining.LastMeasurement?.Value);
        Assert.Equal("CN=Test Issuing, O=Plant", remaining.LastMeasurement?.Tags["authority"]);
    }

    [Fact]
    public async Task The_loop_fetches_when_a_list_is_wanted_and_again_after_an_hour()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        _server.Body = List(1);
        Task running = _refresh.RunAsync(stop.Token);
        var first = new TaskCompletionSource();
        using (_store.OnChange(() => first.TrySetResult()))
        {
            Ask(_store);
            await first.Task.WaitAsync(Stop);
        }

        var second = new TaskCompletionSource();
        using (_store.OnChange(() => second.TrySetResult()))
        {
            _server.Body = List(2, _device);
            while (!second.Task.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                await Task.Yield();
            }
        }

        Assert.IsType<RevocationAnswer.Revoked>(Ask(_store));
        await stop.CancelAsync();
        await running;
    }

    private RevocationAnswer Ask(RevocationStore store) => store.Ask(_device, _pki.Issuing.Certificate, TimeSpan.Zero);

    private RevocationRefresh Refresh(RevocationStore store) =>
        new(store, new RevocationOptions { Folder = _folder, StateFolder = _state }, _meters, _time, _log, () => 0.5);

    private void Put(int number, params X509Certificate2[] revoked) => File.WriteAllBytes(Path.Combine(_folder, "issuing.crl"), List(number, revoked));

    private byte[] List(int number, params X509Certificate2[] revoked) =>
        _pki.Issuing.RevocationList(number, _pki.Now, _pki.Now.AddDays(7), revoked);
}
