using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Plant;
using Sallyport.Simulator.Terminal;

namespace Sallyport.Simulator.Tests.Terminal;

public sealed class ReportTests : IDisposable
{
    private static readonly Snapshot Before = Snapshot.Empty with { Elapsed = TimeSpan.FromSeconds(5), Requests = 10 };

    private static readonly Snapshot Now = new(
        TimeSpan.FromSeconds(10), 42, 60, [new("Reader.telemetry → Buffer.telemetry", 50)], 7, 3, "Open", ["Buffer", "Reader"]);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Elsewhere_than_on_a_terminal_a_summary_is_one_line()
    {
        var report = new TextReport(_output, width: null, _time);
        report.Stands(Before, Now);
        Assert.Equal(
            "   10 s · plant 10.0 requests/s, 42 unique values · Reader.telemetry → Buffer.telemetry 10.0/s · cloud 7 messages · uplink Open · waiting 3\n",
            _output.ToString());
        Assert.Equal(TimeSpan.FromSeconds(5), report.SummaryInterval);
    }

    [Fact]
    public void On_a_terminal_the_block_is_erased_before_a_line_and_drawn_again_after_it()
    {
        var report = new TextReport(_output, width: () => 200, _time);
        report.Stands(Before, Now);
        var block = _output.ToString();
        Assert.Equal(5, block.Split('\n').Length - 1);
        report.Happened("Reader", LogLevel.Warning, "No connection");
        Assert.Equal($"{block}\e[5F\e[J12:00:00.000  Reader          warning No connection\n{block}", _output.ToString());
        Assert.Equal(TimeSpan.FromSeconds(1), report.SummaryInterval);
    }

    [Fact]
    public void A_block_is_cut_at_the_width_of_the_terminal_so_that_it_can_be_erased()
    {
        new TextReport(_output, width: () => 20, _time).Stands(Before, Now);
        Assert.All(_output.ToString().TrimEnd().Split('\n'), line => Assert.InRange(line.Length, 1, 19));
    }

    [Fact]
    public void After_the_verdict_on_a_terminal_no_block_is_drawn()
    {
        var report = new TextReport(_output, width: () => 200, _time);
        report.Stands(Before, Now);
        report.Judged(Verdict());
        Assert.Equal('}', _output.ToString().TrimEnd()[^1]);
    }

    [Fact]
    public void The_verdict_is_the_last_line_and_JSON()
    {
        new TextReport(_output, width: null, _time).Judged(Verdict());
        var lines = _output.ToString().TrimEnd().Split('\n');
        Assert.Equal("  something is wrong", lines[0]);
        Assert.False(JsonElement.Parse(lines[^1]).GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void For_programs_every_line_is_a_JSON_object()
    {
        var report = new JsonReport(_output, _time);
        report.Happened("", LogLevel.Information, "begins");
        report.Happened("Reader", LogLevel.Error, "fails");
        report.Stands(Before, Now);
        report.Judged(Verdict());
        JsonElement[] lines = [.. _output.ToString().TrimEnd().Split('\n').Select(line => JsonElement.Parse(line))];
        Assert.Equal("simulator", lines[0].GetProperty("source").GetString());
        Assert.Equal(("log", "Reader", "Error", "fails"), (Text(lines[1], "event"), Text(lines[1], "source"), Text(lines[1], "level"), Text(lines[1], "message")));
        Assert.Equal(("summary", 42, 50), (Text(lines[2], "event"), lines[2].GetProperty("valuesServed").GetInt32(), lines[2].GetProperty("routes").EnumerateObject().Single().Value.GetInt32()));
        Assert.Equal(1, lines[3].GetProperty("unexplained").GetInt32());
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static CheckReport Verdict() => new DeliveryCheck([]).Judge([new(new PlantPoint.HoldingRegister(1, 8), 0, 101)]) with { Findings = ["something is wrong"] };
}
