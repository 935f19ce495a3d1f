using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Health;
using Sallyport.EtherNetIpReader.Methods;
using Sallyport.EtherNetIpReader.Tests.Polling;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Tests.Methods;

public sealed class MethodTests
{
    private const int TestLimit = 30_000;
    private const string Speed = """{"controller":"line-1","point":"speed"}""";
    private const string TwoTags = """
        "speed":{"group":"fast","tag":"Line1.Speed","scaleFrom":"sf"},"sf":{"group":"fast","tag":"Line1.Sf"}
        """;

    [Fact(Timeout = TestLimit)]
    public async Task A_point_is_read_at_once_with_its_scale_for_the_caller_alone()
    {
        await using ReaderBench bench = await RunningAsync();
        (int status, JsonElement answer) = await ReadTagAsync(bench, Speed);
        Assert.Equal(200, status);
        Assert.Equal(
            """{"controller":"line-1","tag":"Line1.Speed","point":"speed","value":1.5,"quality":"Good","status":"Good","time":"2026-11-22T10:15:00Z"}""",
            answer.ToString());
        Assert.Equal("Line1.Speed Line1.Sf", bench.Controller().Rounds.Last());
        Assert.Equal(0, bench.Outboxes.Telemetry.Count);
    }

    [Theory(Timeout = TestLimit)]
    [InlineData(true, "BadNotConnected")]
    [InlineData(false, "BadTimeout")]
    public async Task A_controller_that_fails_is_an_answer_too(bool isConnectionDown, string expected)
    {
        await using ReaderBench bench = await RunningAsync();
        bench.Controller().Always(new RoundOutcome.Silent("timeout", isConnectionDown));
        (int status, JsonElement answer) = await ReadTagAsync(bench, Speed);
        Assert.Equal((200, expected, "timeout"), (status, answer.GetProperty("status").GetString(), answer.GetProperty("reason").GetString()));
        Assert.False(answer.TryGetProperty("value", out _));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Nothing_is_read_from_another_device_on_request_either()
    {
        await using ReaderBench bench = await RunningAsync();
        bench.Controller().Always(new RoundOutcome.WrongDevice(new KeyingOutcome.Differs([new KeyDifference(KeyField.Vendor, "1", "2")])));
        (_, JsonElement answer) = await ReadTagAsync(bench, Speed);
        Assert.Equal("wrong device: Vendor is 2, not 1", answer.GetProperty("reason").GetString());
    }

    [Theory(Timeout = TestLimit)]
    [InlineData("""{"controller":"line-1","point":"Line1.Speed"}""", 404)]
    [InlineData("""{"controller":"line-2","point":"speed"}""", 404)]
    [InlineData("""{"controller":"line-1","point":"speed","tag":"Secret"}""", 400)]
    [InlineData("""{"controller":"line-1"}""", 400)]
    [InlineData("""{"controller":"line-1","point":7}""", 400)]
    [InlineData("null", 400)]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    public async Task A_request_for_something_else_is_refused_and_reads_nothing(string payload, int expected)
    {
        await using ReaderBench bench = await RunningAsync();
        int before = bench.Controller().Rounds.Count;
        Assert.Equal(expected, (await ReadTagAsync(bench, payload)).Status);
        Assert.Equal(before, bench.Controller().Rounds.Count);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Before_the_plan_is_in_force_the_caller_is_asked_to_try_again()
    {
        await using var bench = new ReaderBench();
        bench.Use(Plans.WithTags(TwoTags));
        Assert.Equal(503, (await ReadTagAsync(bench, Speed)).Status);
        Assert.Equal(503, (await BrowseAsync(bench, """{"controller":"line-1"}""")).Status);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Tags_are_listed_with_type_dimensions_and_access_by_name()
    {
        await using ReaderBench bench = await RunningAsync();
        bench.Controller().Browse = () => Task.FromResult<BrowseOutcome>(new BrowseOutcome.Browsed(List(
            Tag("Zones", 0x20C3, [10]), Tag("Recipe", 0x8100), Tag("__hidden", 0xC4), Tag("Speed", 0xCA), Tag("Local:1:I", 0x8101))));
        (int status, JsonElement answer) = await BrowseAsync(bench, """{"controller":"line-1"}""");
        Assert.Equal(200, status);
        Assert.Equal(
            """
            {"controller":"line-1","tags":[{"name":"Local:1:I","type":"structure 257","access":"readWrite"},{"name":"Recipe","type":"RecipeType","access":"readWrite"},{"name":"Speed","type":"REAL","access":"readWrite"},{"name":"Zones","type":"INT","dimensions":[10],"access":"readWrite"}],"total":4}
            """,
            answer.ToString());
        (_, JsonElement some) = await BrowseAsync(bench, """{"controller":"line-1","filter":"s"}""");
        Assert.Equal("Speed", Assert.Single(some.GetProperty("tags").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact(Timeout = TestLimit)]
    public async Task Many_tags_come_page_by_page_and_the_controller_lists_them_once()
    {
        await using ReaderBench bench = await RunningAsync();
        using MetricCollector<long> browses = bench.Collect("sallyport.ethernet_ip.browses");
        string[] names = [.. Enumerable.Range(0, 5000).Select(i => $"Tag_{i:D4}_of_a_line_with_a_long_name")];
        bench.Controller().Browse = () => Task.FromResult<BrowseOutcome>(new BrowseOutcome.Browsed(List([.. names.Select(name => Tag(name, 0xC4))])));
        BrowseMethod browse = Browse(bench);
        var found = new List<string>();
        string? after = null;
        do
        {
            string more = after is null ? "" : $",\"after\":\"{after}\"";
            MethodResponse response = await browse.AnswerAsync(
                new MethodRequest(BrowseMethod.Method, Encoding.UTF8.GetBytes($"{{\"controller\":\"line-1\"{more}}}")), TestContext.Current.CancellationToken);
            Assert.InRange(response.Payload.Length, 1, 128 * 1024);
            JsonElement answer = JsonElement.Parse(response.Payload.Span);
            found.AddRange(answer.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!));
            after = answer.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal(names, found);
        Assert.Equal(1, bench.Controller().TimesBrowsed);
        Assert.Equal(1, browses.GetMeasurementSnapshot().EvaluateAsCounter());

        bench.Time.Advance(TimeSpan.FromMinutes(6));
        await browse.AnswerAsync(
            new MethodRequest(BrowseMethod.Method, Encoding.UTF8.GetBytes("""{"controller":"line-1","after":"Tag_1"}""")), TestContext.Current.CancellationToken);
        Assert.Equal(2, bench.Controller().TimesBrowsed);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_controller_that_does_not_list_its_tags_is_an_error_that_says_why()
    {
        await using ReaderBench bench = await RunningAsync();
        (int status, JsonElement answer) = await BrowseAsync(bench, """{"controller":"line-1"}""");
        Assert.Equal((502, "The controller does not list its tags: it has no list."), (status, answer.GetProperty("error").GetString()));
        Assert.Equal(404, (await BrowseAsync(bench, """{"controller":"line-2"}""")).Status);
        Assert.Equal(400, (await BrowseAsync(bench, """{"controller":"line-1","from":1}""")).Status);
        Assert.Equal(400, (await BrowseAsync(bench, "[")).Status);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Diagnostics_tell_who_the_controller_is_how_it_does_and_which_tags_it_refuses()
    {
        await using ReaderBench bench = await RunningAsync();
        bench.Controller().Refuse("Line1.Speed", "no such tag, asked again at 10:16:00Z");
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.NextFrameAsync();
        await bench.UntilAsync(() => bench.Supervisor.Sources[0].Polls["fast"].Loop.Polls == 2 && bench.Controllers.IdentityOf(bench.Controller().Plan) is not null);
        MethodResponse response = await new ReaderDiagnostics(bench.Plan, bench.Supervisor, bench.Controllers, bench.Assembler, bench.Outboxes)
            .AnswerAsync(new MethodRequest(ReaderDiagnostics.Method, default), TestContext.Current.CancellationToken);
        JsonElement controller = JsonElement.Parse(response.Payload.Span).GetProperty("controllers")[0];
        Assert.Equal(
            """
            {"controller":"line-1","host":"line-1","port":44818,"path":"","state":"degraded","since":"2026-11-22T10:15:01Z","reason":"speed: no such tag, asked again at 10:16:00Z","consecutiveFailures":0,"identity":{"productName":"1769-L33ER/A LOGIX5333ER","vendor":1,"deviceType":14,"productCode":94,"revision":"33.11","serial":"60A1B2C3","mode":"executing","keySwitch":"remote","majorFault":false},"groups":[{"group":"fast","intervalMs":1000,"points":2,"requests":1,"polls":2,"learnedHoles":0,"quarantinedCount":1,"quarantined":[{"point":"speed","reason":"no such tag, asked again at 10:16:00Z"}]}]}
            """,
            controller.ToString());
    }

    private static async Task<ReaderBench> RunningAsync()
    {
        ReaderBench bench = PollingTests.Running(TwoTags, controller =>
        {
            controller.Set("Line1.Speed", CipDataType.Int, PointValue.FromInt64(15));
            controller.Set("Line1.Sf", CipDataType.Sint, PointValue.FromInt64(-1));
        });
        await bench.NextFrameAsync();
        return bench;
    }

    private static async Task<(int Status, JsonElement Answer)> ReadTagAsync(ReaderBench bench, string payload)
    {
        MethodResponse response = await new ReadTagMethod(bench.Plan, bench.Controllers, bench.Time).AnswerAsync(
            new MethodRequest(ReadTagMethod.Method, Encoding.UTF8.GetBytes(payload)), TestContext.Current.CancellationToken);
        return (response.Status, JsonElement.Parse(response.Payload.Span));
    }

    private static async Task<(int Status, JsonElement Answer)> BrowseAsync(ReaderBench bench, string payload)
    {
        MethodResponse response = await Browse(bench).AnswerAsync(
            new MethodRequest(BrowseMethod.Method, Encoding.UTF8.GetBytes(payload)), TestContext.Current.CancellationToken);
        return (response.Status, JsonElement.Parse(response.Payload.Span));
    }

    private static BrowseMethod Browse(ReaderBench bench) => new(bench.Plan, bench.Controllers, new TagLists(bench.Metrics, bench.Time));

    private static TagList List(params ImmutableArray<BrowsedTag> tags) => new(
        tags, new Dictionary<ushort, StructureTemplate> { [0x100] = new StructureTemplate(0x100, "RecipeType", 0x1234, 8, []) });

    private static BrowsedTag Tag(string name, ushort type, ImmutableArray<uint> dimensions = default) => new(
        Program: null, new SymbolEntry(1, name, new SymbolType(type), dimensions.IsDefault ? [] : dimensions, IsAlias: false, ExternalAccess.ReadWrite));
}
