using System.Text;
using System.Text.Json;
using Sallyport.IotHub;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Health;
using Sallyport.ModbusReader.Methods;
using Sallyport.ModbusReader.Tests.Polling;

namespace Sallyport.ModbusReader.Tests.Methods;

public sealed class MethodTests
{
    private const int TestLimit = 30_000;

    [Fact(Timeout = TestLimit)]
    public async Task A_point_is_read_at_once_for_the_caller_alone()
    {
        await using ReaderBench bench = await RunningAsync();
        (int status, JsonElement answer) = await ReadPointAsync(bench, """{"unit":"a","point":"p7"}""");
        Assert.Equal(200, status);
        Assert.Equal("""{"unit":"a","point":"p7","value":7,"quality":"Good","status":"Good","time":"2026-11-22T10:15:00Z"}""", answer.ToString());
        Assert.Equal(0, bench.Outboxes.Telemetry.Count);
    }

    // Each register of the scripted device holds its own address.
    [Theory(Timeout = TestLimit)]
    [InlineData("coil", 3, "\"type\":\"bool\"", "false")]
    [InlineData("holdingRegister", 8, "\"type\":\"bool\",\"bit\":3", "true")]
    [InlineData("holdingRegister", 65535, "\"type\":\"int16\"", "-1")]
    [InlineData("holdingRegister", 1, "\"type\":\"int64\"", "281483566841860")]
    [InlineData("holdingRegister", 33, "\"type\":\"int64\"", "\"9288820262633508\"")]
    [InlineData("holdingRegister", 1, "\"type\":\"uint64\"", "281483566841860")]
    [InlineData("holdingRegister", 65000, "\"type\":\"uint64\"", "\"18296152667621883371\"")]
    [InlineData("holdingRegister", 16256, "\"type\":\"float32\"", "1.001938")]
    [InlineData("holdingRegister", 7, "\"type\":\"uint16\",\"scale\":0.1", "0.7")]
    [InlineData("holdingRegister", 16706, "\"type\":\"string\",\"registers\":2", "\"ABAC\"")]
    [InlineData("holdingRegister", 5, "\"type\":\"uint16\",\"scaleFrom\":\"sf\"", "50000")]
    public async Task Values_of_every_kind_are_answered_as_json_has_them(string table, int address, string members, string expected)
    {
        await using var bench = new ReaderBench();
        bench.Use(Plans.Read(Plans.WithPoints(
            $"\"p\":{{\"group\":\"fast\",\"table\":\"{table}\",\"address\":{address},{members}}},"
            + "\"sf\":{\"group\":\"fast\",\"table\":\"holdingRegister\",\"address\":4,\"type\":\"int16\"}")));
        bench.Start();
        await bench.NextFrameAsync();
        (int status, JsonElement answer) = await ReadPointAsync(bench, """{"unit":"u","point":"p"}""");
        Assert.Equal((200, expected), (status, answer.GetProperty("value").GetRawText()));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_value_without_its_scale_is_not_answered()
    {
        await using var bench = new ReaderBench();
        bench.Use(Plans.Read(Plans.WithPoints("""
            "p":{"group":"fast","table":"holdingRegister","address":5,"type":"uint16","scaleFrom":"sf"},
            "sf":{"group":"fast","table":"holdingRegister","address":400,"type":"int16"}
            """)));
        bench.Start();
        await bench.NextFrameAsync();
        bench.Device("u").Refuse(code: 2, 400);
        (_, JsonElement answer) = await ReadPointAsync(bench, """{"unit":"u","point":"p"}""");
        Assert.Equal("no scale: exception 2", answer.GetProperty("reason").GetString());
        Assert.False(answer.TryGetProperty("value", out _));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_fails_is_an_answer_too()
    {
        await using ReaderBench bench = await RunningAsync();
        bench.Device("a").Always(new ReadOutcome.Refused(new ModbusExceptionCode(2)));
        (int status, JsonElement answer) = await ReadPointAsync(bench, """{"unit":"a","point":"p7"}""");
        Assert.Equal(200, status);
        Assert.Equal(
            """{"unit":"a","point":"p7","quality":"Bad","status":"BadNodeIdUnknown","reason":"exception 2","time":"2026-11-22T10:15:00Z"}""",
            answer.ToString());
    }

    [Theory(Timeout = TestLimit)]
    [InlineData("""{"unit":"a","point":"p8"}""", 404)]
    [InlineData("""{"unit":"b","point":"p7"}""", 404)]
    [InlineData("""{"unit":"a","point":"p7","address":9}""", 400)]
    [InlineData("""{"unit":"a"}""", 400)]
    [InlineData("""{"unit":"a","point":7}""", 400)]
    [InlineData("null", 400)]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    public async Task A_request_for_something_else_is_refused_and_reads_nothing(string payload, int expected)
    {
        await using ReaderBench bench = await RunningAsync();
        int before = bench.Device("a").Requests.Count;
        (int status, JsonElement answer) = await ReadPointAsync(bench, payload);
        Assert.Equal(expected, status);
        Assert.NotEqual("", answer.GetProperty("error").GetString());
        Assert.Equal(before, bench.Device("a").Requests.Count);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Before_the_plan_runs_there_is_nothing_to_read()
    {
        await using var bench = new ReaderBench();
        Assert.Equal(404, (await ReadPointAsync(bench, """{"unit":"a","point":"p7"}""")).Status);
        bench.Use(("a", [7]));
        Assert.Equal(503, (await ReadPointAsync(bench, """{"unit":"a","point":"p7"}""")).Status);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Diagnostics_tell_what_runs_and_how_it_is_doing()
    {
        await using ReaderBench bench = await RunningAsync();
        bench.Device("a").Always(ReadOutcome.TimedOut.Instance);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.UntilAsync(() => bench.Supervisor.Sources[0].Status.Current.ConsecutiveFailures == 1);
        await bench.UntilAsync(() => bench.Count("polls") == 2);
        var diagnostics = new ReaderDiagnostics(bench.Plan, bench.Supervisor, bench.Assembler, bench.Outboxes);
        MethodResponse response = await diagnostics.AnswerAsync(
            new MethodRequest(ReaderDiagnostics.Method, ReadOnlyMemory<byte>.Empty), TestContext.Current.CancellationToken);
        using JsonDocument document = JsonDocument.Parse(response.Payload);
        JsonElement root = document.RootElement;
        Assert.Equal(200, response.Status);
        Assert.Equal("cfg1", root.GetProperty("cfg").GetString());
        Assert.Equal(1, root.GetProperty("version").GetInt64());
        Assert.Equal(1, root.GetProperty("waiting").GetProperty("telemetry").GetInt32());
        JsonElement unit = Assert.Single(root.GetProperty("units").EnumerateArray());
        Assert.Equal("a:502", unit.GetProperty("endpoint").GetString());
        Assert.Equal("offline", unit.GetProperty("state").GetString());
        Assert.Equal("timeout", unit.GetProperty("reason").GetString());
        Assert.Equal(1, unit.GetProperty("consecutiveFailures").GetInt32());
        Assert.True(unit.TryGetProperty("nextRetry", out _));
        Assert.Equal(
            """{"group":"fast","intervalMs":1000,"points":1,"requests":1,"polls":2,"learnedHoles":0,"quarantinedCount":0,"quarantined":[]}""",
            Assert.Single(unit.GetProperty("groups").EnumerateArray()).ToString());
    }

    [Fact(Timeout = TestLimit)]
    public async Task Diagnostics_of_a_large_plan_fit_into_a_method_answer()
    {
        await using var bench = new ReaderBench();
        bench.Use([.. Enumerable.Range(0, 200).Select(i => ($"unit-with-a-rather-long-name-{i}", (int[])[1]))]);
        bench.Start();
        await bench.UntilAsync(() => bench.Supervisor.Sources.Count == 200);
        var diagnostics = new ReaderDiagnostics(bench.Plan, bench.Supervisor, bench.Assembler, bench.Outboxes);
        MethodResponse response = await diagnostics.AnswerAsync(
            new MethodRequest(ReaderDiagnostics.Method, ReadOnlyMemory<byte>.Empty), TestContext.Current.CancellationToken);
        Assert.InRange(response.Payload.Length, 1, 128 * 1024);
        using JsonDocument document = JsonDocument.Parse(response.Payload);
        Assert.Equal(200, document.RootElement.GetProperty("unitCount").GetInt32());
    }

    private static async Task<ReaderBench> RunningAsync()
    {
        var bench = new ReaderBench();
        bench.Use(("a", [7]));
        bench.Start();
        await bench.NextFrameAsync();
        return bench;
    }

    private static async Task<(int Status, JsonElement Answer)> ReadPointAsync(ReaderBench bench, string payload)
    {
        var method = new ReadPointMethod(bench.Plan, bench.Masters, bench.Time);
        MethodResponse response = await method.AnswerAsync(
            new MethodRequest(ReadPointMethod.Method, Encoding.UTF8.GetBytes(payload)), TestContext.Current.CancellationToken);
        using JsonDocument document = JsonDocument.Parse(response.Payload);
        return (response.Status, document.RootElement.Clone());
    }
}
