using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Tables;
using Sallyport.ModbusReader.Health;
using Sallyport.ModbusReader.Methods;
using Sallyport.ModbusReader.Tests.Polling;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Methods;

public sealed class ImportConfigTests : IDisposable
{
    private const string File1 = "device,name\na,p\n";
    private const string File2 = "device,name\na,q\n";

    private readonly TestMeters _meters = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sallyport-import-");
    private readonly RecordedEvents _events = new();
    private readonly FakeLogger<ImportConfigMethod> _log = new();
    private readonly MetricCollector<long> _imports;
    private readonly PointsFolder _folder;
    private readonly PointsImport _import;
    private readonly ImportConfigMethod _method;

    public ImportConfigTests()
    {
        _imports = new MetricCollector<long>(_meters, "Sallyport.ModbusReader", "sallyport.points_file.imports");
        _folder = new PointsFolder(Path.Combine(_data.FullName, PointsFolder.Name));
        _import = new PointsImport(_folder);
        _method = NewMethod();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _import.Dispose();
        _imports.Dispose();
        _meters.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_small_file_is_stored_by_one_call_counted_and_audited()
    {
        Assert.Equal((200, """{"stored":true}"""), await CallAsync("points.csv", 0, File1, File1));
        Assert.Equal(File1, Content("points.csv"));
        Assert.Equal(["points.csv"], Names());
        Assert.Equal("stored", _imports.LastMeasurement!.Tags["outcome"]);
        SecurityEvent audit = Assert.Single(_events.Raised);
        Assert.Equal((EventKind.Audit, "PointsFileImport", "stored"), (audit.Kind, audit.EventType, audit.Details["outcome"].ToString()));
    }

    [Fact]
    public async Task A_file_that_is_stored_or_refused_is_in_the_log()
    {
        await CallAsync("points.csv", 0, File1, File1);
        await CallAsync("points.csv", 0, File2, File1);
        Assert.Equal(
            [
                (1150, LogLevel.Information, $"Points file points.csv of {File1.Length} bytes is stored; its SHA-256 is {Digest(File1)}"),
                (1151, LogLevel.Warning, $"Points file points.csv is not stored: What arrived has the SHA-256 {Digest(File2)}; it was thrown away. Begin again at offset 0."),
            ],
            _log.Collector.GetSnapshot().Select(entry => (entry.Id.Id, entry.Level, entry.Message)));
    }

    [Fact]
    public async Task A_large_file_comes_in_pieces_and_a_restart_between_them_does_not_matter()
    {
        string content = "device,name\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"a,p{i}\n")));
        const int size = 64 * 1024;
        for (int offset = 0; offset < content.Length; offset += size)
        {
            Assert.False(File.Exists(Path.Combine(_folder.FullPath, "points.csv")));
            string piece = content.Substring(offset, Math.Min(size, content.Length - offset));
            byte[] payload = Payload("points.csv", offset, piece, content);
            Assert.InRange(payload.Length, 1, 128 * 1024);
            using var import = new PointsImport(_folder);
            MethodResponse response = await NewMethod(import).AnswerAsync(new MethodRequest(ImportConfigMethod.Method, payload), Token);
            Assert.Equal(200, response.Status);
        }

        Assert.Equal(content, Content("points.csv"));
        Assert.Equal(["points.csv"], Names());
    }

    [Fact]
    public async Task A_piece_out_of_place_is_told_where_to_go_on()
    {
        Assert.Equal((200, """{"next":4}"""), await CallAsync("points.csv", 0, File1[..4], File1));
        Assert.Equal((409, """{"error":"The next piece begins at 4.","next":4}"""), await CallAsync("points.csv", 8, File1[8..], File1));
        Assert.Equal((200, """{"next":4}"""), await CallAsync("points.csv", 0, "", File1));
        Assert.Equal((200, """{"stored":true}"""), await CallAsync("points.csv", 4, File1[4..], File1));
        Assert.Equal(File1, Content("points.csv"));
    }

    [Fact]
    public async Task A_file_with_another_digest_is_thrown_away_counted_and_audited_and_the_old_one_stays()
    {
        await CallAsync("points.csv", 0, File1, File1);
        (int status, string answer) = await CallAsync("points.csv", 0, File2.ToUpperInvariant(), File2);
        Assert.Equal(422, status);
        Assert.Contains("thrown away", answer, StringComparison.Ordinal);
        Assert.Equal(File1, Content("points.csv"));
        Assert.Equal(["points.csv"], Names());
        Assert.Equal("refused", _imports.LastMeasurement!.Tags["outcome"]);
        Assert.Equal(EventSeverity.Medium, _events.Raised.Last().Severity);
    }

    [Fact]
    public async Task The_file_of_the_plan_in_force_outlives_all_that_come_after_it()
    {
        await CallAsync("points.csv", 0, File1, File1);
        _folder.Use(Digest(File1));
        for (int i = 0; i < 3; i++)
        {
            string next = string.Create(CultureInfo.InvariantCulture, $"{File2}a,r{i}\n");
            Assert.Equal(200, (await CallAsync("points.csv", 0, next, next)).Status);
            Assert.Equal(next, Content("points.csv"));
            Assert.Equal(File1, Content("points.csv.kept"));
        }

        _folder.Use(Digest(Content("points.csv")));
        await CallAsync("points.csv", 0, File2, File2);
        Assert.EndsWith("a,r2\n", Content("points.csv.kept"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_never_more_files_than_allowed()
    {
        for (int i = 0; i < PointsImport.MaxFiles; i++)
        {
            Assert.Equal(200, (await CallAsync($"points{i}.csv", 0, File1, File1)).Status);
        }

        Assert.Equal(507, (await CallAsync("one-more.csv", 0, File1, File1)).Status);
        Assert.Equal(200, (await CallAsync("points0.csv", 0, File2, File2)).Status);
        Assert.Equal(200, (await CallAsync("points0.csv", 0, File1[..3], File1)).Status);
        Assert.Equal(200, (await CallAsync("points1.csv", 0, File2[..3], File2)).Status);
        Assert.Single(Names(), name => name.EndsWith(".part", StringComparison.Ordinal));
        Assert.DoesNotContain("one-more.csv", Names());
    }

    [Fact]
    public async Task A_disk_that_fails_is_an_answer()
    {
        await File.WriteAllTextAsync(_folder.FullPath, "a file where the folder should be", Token);
        Assert.Equal(500, (await CallAsync("points.csv", 0, File1, File1)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"name":"../points.csv","offset":0,"data":"YQ==","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"a/points.csv","offset":0,"data":"YQ==","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"plan.bin","offset":0,"data":"YQ==","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":".csv","offset":0,"data":"YQ==","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"points.csv","offset":-1,"data":"YQ==","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"points.csv","offset":0,"data":"?","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"points.csv","offset":0,"data":"YWI=","size":1,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"points.csv","offset":0,"data":"YQ==","size":16777217,"sha256":"DIGEST"}""")]
    [InlineData("""{"name":"points.csv","offset":0,"data":"YQ==","size":1,"sha256":"12"}""")]
    [InlineData("""{"name":"points.csv","offset":0,"data":"YQ==","size":1}""")]
    [InlineData("""{"name":"points.csv","offset":0,"data":"YQ==","size":1,"sha256":"DIGEST","mode":"append"}""")]
    public async Task A_wrong_request_is_refused_and_leaves_nothing(string payload)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(payload.Replace("DIGEST", Digest("a"), StringComparison.Ordinal));
        MethodResponse response = await _method.AnswerAsync(new MethodRequest(ImportConfigMethod.Method, utf8), Token);
        Assert.Equal(400, response.Status);
        Assert.False(Directory.Exists(_folder.FullPath));
    }

    [Fact]
    public async Task All_methods_are_registered_when_the_host_starts()
    {
        await using var bench = new ReaderBench();
        var hub = new RecordingHub();
        var handlers = new MethodHandlers(
            hub,
            new ReadPointMethod(bench.Plan, bench.Masters, bench.Time),
            new ReaderDiagnostics(bench.Plan, bench.Supervisor, bench.Assembler, bench.Outboxes),
            _method);
        await handlers.StartAsync(Token);
        Assert.Equal("getDiagnostics importConfig readPoint", string.Join(' ', hub.Methods.Keys.Order(StringComparer.Ordinal)));
    }

    private ImportConfigMethod NewMethod(PointsImport? import = null) => new(
        import ?? _import,
        new ImportMetrics(_meters),
        new ImportAudit(new ModuleEvents(_events, new ModuleIdentity("gw-0001", "ModbusReader", "hub.example", "1"), new FakeTimeProvider())),
        _log);

    private async Task<(int Status, string Answer)> CallAsync(string name, int offset, string piece, string whole)
    {
        MethodResponse response = await _method.AnswerAsync(
            new MethodRequest(ImportConfigMethod.Method, Payload(name, offset, piece, whole)), Token);
        return (response.Status, Encoding.UTF8.GetString(response.Payload.Span));
    }

    private static byte[] Payload(string name, int offset, string piece, string whole) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"name":"{{name}}","offset":{{offset}}{{Data(piece)}},"size":{{whole.Length}},"sha256":"{{Digest(whole)}}"}"""));

    private static string Data(string piece) =>
        piece.Length is 0 ? "" : $",\"data\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece))}\"";

    private static string Digest(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private string Content(string name) => File.ReadAllText(Path.Combine(_folder.FullPath, name));

    private string[] Names() => [.. Directory.EnumerateFiles(_folder.FullPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
