namespace Sallyport.Hosting.Tests;

public sealed class LocalFileTests : IAsyncLifetime
{
    private const string Good = """{"intervalMs":250}""";
    private const string Bad = """{"intervalMs":0,"intervall":1}""";

    private readonly PlanBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task A_local_file_is_in_force_as_version_0_until_the_twin_gives_something()
    {
        _bench.Options.ConfigurationFile = await _bench.WriteFileAsync("\uFEFF" + Good);
        await _bench.StartAsync();
        await _bench.ReportedAsync();
        Assert.Equal((250, 0L), (_bench.Current.Value!.Plan.IntervalMs, _bench.Current.Value.Version));
        Assert.Null(_bench.Hub.Seeded);

        await _bench.Hub.DesireAsync(1, "{}", Token);
        Assert.Equal((250, 0L), (_bench.Current.Value.Plan.IntervalMs, _bench.Current.Value.Version));

        await _bench.Hub.DesireAsync(2, Good, Token);
        Assert.Equal((250, 2L), (_bench.Current.Value.Plan.IntervalMs, _bench.Current.Value.Version));
        Assert.True(File.Exists(_bench.StoredPath));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("""{"intervalMs":0}""", "#/intervalMs", "0 is not a whole number from 50 to 1000.")]
    [InlineData(Bad, "#/intervall", "Unknown key; known here are intervalMs, note. (1 more faults)")]
    [InlineData("{", "#", "It is not JSON:")]
    [InlineData("", "#", "It is not JSON:")]
    [InlineData("[]", "#", "An array is not an object.")]
    [InlineData("{\"\\ud800\":1}", "#", "It is not JSON:")]
    public async Task A_local_file_that_is_needed_and_wrong_refuses_the_start(string content, string pointer, string reason)
    {
        string file = await _bench.WriteFileAsync(content);
        _bench.Options.ConfigurationFile = file;
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(_bench.StartAsync);
        Assert.Equal($"Sallyport__ConfigurationFile {file}{pointer}", refused.Key);
        Assert.StartsWith(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_local_file_that_is_not_there_refuses_the_start()
    {
        _bench.Options.ConfigurationFile = Path.Combine(_bench.Folder, "missing.json");
        StartRefusedException refused = await Assert.ThrowsAsync<StartRefusedException>(_bench.StartAsync);
        Assert.Equal($"Sallyport__ConfigurationFile {_bench.Options.ConfigurationFile}", refused.Key);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_local_file_that_is_wrong_and_not_needed_is_not_looked_at()
    {
        await _bench.StartAsync();
        await _bench.Hub.DesireAsync(7, Good, Token);
        _bench.Restart();
        _bench.Options.ConfigurationFile = await _bench.WriteFileAsync("{");
        await _bench.StartAsync();
        Assert.Equal(250, _bench.Current.Value!.Plan.IntervalMs);
    }
}
