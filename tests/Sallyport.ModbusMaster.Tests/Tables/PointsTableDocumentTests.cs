using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Tables;

/// <summary>docs/formats/points-table.md says what is so.</summary>
public sealed partial class PointsTableDocumentTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "points-table.md"));

    [Fact]
    public void The_example_is_the_document_beside_it_and_makes_a_plan()
    {
        string csv = Block("csv");
        PointTable table = Assert.IsType<PointTableReading.Read>(PointTableReader.Read(Encoding.UTF8.GetBytes(csv))).Table;
        using JsonDocument beside = JsonDocument.Parse(Block("json"));
        Assert.True(JsonElement.DeepEquals(beside.RootElement, table.ToElement()));

        var files = new MemoryPointsFiles();
        using JsonDocument desired = JsonDocument.Parse("""
            {"connections":{"plant":{"endpoint":"modbus-tcp://10.0.0.5"}},"units":{"chiller-1":{"connection":"plant","unitId":1}},
             "groups":{"fast":{"intervalMs":1000},"slow":{"intervalMs":60000}},"pointsFile":
            """ + files.Put("points.csv", csv) + "}");
        PlanReading<DevicePlan>.Accepted plan = Assert.IsType<PlanReading<DevicePlan>.Accepted>(new PointsFilePlanReader(files).Read(desired.RootElement));
        Assert.Equal(3, Assert.Single(plan.Plan.Units).Polls.Sum(poll => poll.Points.Length));
    }

    [Fact]
    public void The_table_has_each_column_with_its_kind()
    {
        string[] told = [.. Rows.Matches(Page).Select(row => $"{row.Groups["column"].Value} {row.Groups["kind"].Value}")];
        Assert.Equal(
            ["device text", "name text", .. PointColumns.Keys.Select(column => $"{column.Key} {Words(column.Kind)}")],
            told);
    }

    private static string Words(CellKind kind) => kind switch
    {
        CellKind.Text => "text",
        CellKind.WholeNumber => "whole number",
        CellKind.Number => "number",
        CellKind.Numbers => "numbers",
        CellKind.NumbersByName => "numbers by name",
        CellKind.TextsByName => "texts by name",
        _ => "number or percentage",
    };

    private static string Block(string language)
    {
        string begin = $"```{language}\n";
        int start = Page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\| `(?<column>\w+)` \| (?<kind>[\w ]+?)(:.*)? \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows { get; }
}
