using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting.Endpoint;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.StatusPage;

public sealed class StatusPageLoopTests
{
    private static readonly StatusPagePlan FreePort = StatusPagePlan.Default with { Port = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_page_is_served_on_loopback_and_counted()
    {
        await using var bench = new StatusPageBench(new FakeTimeProvider(Pictures.Now));
        using var requests = new MetricCollector<long>(bench.Meters, "Sallyport.Watchdog", "sallyport.status_page.requests");
        bench.Board.Change(_ => Pictures.Trouble);
        bench.Order(FreePort);
        Uri place = await bench.PlaceAsync();
        using var client = new HttpClient();
        Assert.Equal("127.0.0.1", place.Host);
        Assert.Contains("3 alarms, the worst is critical", await client.GetStringAsync(place, Token), StringComparison.Ordinal);
        using HttpResponseMessage posted = await client.PostAsync(place, new StringContent("x"), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        await requests.WaitForMeasurementsAsync(2, Token);
        Assert.Equal([200, 405], requests.GetMeasurementSnapshot().Select(one => (int)one.Tags["code"]!).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task It_moves_when_the_plan_says_something_else_and_goes_when_it_is_switched_off()
    {
        await using var bench = new StatusPageBench(new FakeTimeProvider(Pictures.Now));
        bench.Order(FreePort);
        Uri first = await bench.PlaceAsync();
        bench.Order(FreePort);
        bench.Order(FreePort with { Address = "127.0.0.2" });
        Uri second = await bench.PlaceAsync(times: 2);
        Assert.Equal("127.0.0.2", second.Host);
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(first, Token));
        Assert.NotEmpty(await client.GetStringAsync(second, Token));
        bench.Order(FreePort with { IsEnabled = false });
        bench.Order(FreePort with { Address = "127.0.0.3" });
        Uri third = await bench.PlaceAsync(times: 3);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(second, Token));
        Assert.NotEmpty(await client.GetStringAsync(third, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_address_that_is_taken_is_told_once_counted_and_tried_again()
    {
        var time = new FakeTimeProvider(Pictures.Now);
        await using var bench = new StatusPageBench(time);
        using var failures = new MetricCollector<long>(bench.Meters, "Sallyport.Watchdog", "sallyport.status_page.listen_failures");
        using Socket other = HttpListening.Open("127.0.0.1", 0);
        bench.Order(FreePort with { Port = ((IPEndPoint)other.LocalEndPoint!).Port });
        await failures.WaitForMeasurementsAsync(1, Token);
        while (failures.GetMeasurementSnapshot().Count < 2)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(7211, Assert.Single(bench.Log.GetSnapshot()).Id.Id);
        other.Dispose();
        Task<Uri> place = bench.PlaceAsync();
        while (!place.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        using var client = new HttpClient();
        Assert.NotEmpty(await client.GetStringAsync(await place, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_is_slow_is_hung_up_on_and_counted()
    {
        var time = new FakeTimeProvider(Pictures.Now);
        await using var bench = new StatusPageBench(time);
        using var aborted = new MetricCollector<long>(bench.Meters, "Sallyport.Watchdog", "sallyport.status_page.aborted");
        bench.Order(FreePort);
        Uri place = await bench.PlaceAsync();
        using var slow = new TcpClient();
        await slow.ConnectAsync(place.Host, place.Port, Token);
        await slow.GetStream().WriteAsync("GET / HTTP/1.1\r\n"u8.ToArray(), Token);
        while (aborted.LastMeasurement is null)
        {
            time.Advance(HttpExchange.Limit);
            await Task.Yield();
        }

        Assert.Equal(1, aborted.GetMeasurementSnapshot().Sum(one => one.Value));
        Assert.Equal(7213, bench.Log.LatestRecord.Id.Id);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 421)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 421)]
    [InlineData("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("hello\r\n\r\n", 400)]
    [InlineData("\r\n\r\n", 400)]
    [InlineData("HEAD /?a=b HTTP/1.1\r\nhost:localhost\r\n\r\n", 200)]
    public async Task Requests_are_judged_as_they_come_over_the_wire(string request, int status)
    {
        await using var bench = new StatusPageBench(new FakeTimeProvider(Pictures.Now));
        bench.Order(FreePort);
        Uri place = await bench.PlaceAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(place.Host, place.Port, Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "), await reader.ReadLineAsync(Token), StringComparison.Ordinal);
    }
}
