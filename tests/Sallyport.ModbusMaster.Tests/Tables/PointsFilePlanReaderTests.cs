using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

public sealed class PointsFilePlanReaderTests
{
    private const string Csv = "device,name,group,table,address,type\nchiller-1,flow,fast,inputRegister,7,uint16\npump,on,fast,coil,1,bool\n";

    private const string Base = """
        "connections":{"plant":{"endpoint":"modbus-tcp://10.0.0.5"}},"groups":{"fast":{"intervalMs":1000}},
        "units":{"chiller-1":{"connection":"plant","unitId":1},"pump":{"connection":"plant","unitId":2}}
        """;

    private readonly MemoryPointsFiles _files = new();

    [Fact]
    public void Points_of_a_file_are_as_good_as_points_of_the_twin()
    {
        string file = _files.Put("points.csv", Csv);
        DevicePlan plan = Accepted(Desired(file));
        Assert.Equal(["chiller-1: flow", "pump: on"], Points(plan));
        Assert.Equal(JsonDocument.Parse(file).RootElement.GetProperty("sha256").GetString(), _files.InUse);
    }

    [Fact]
    public void Points_of_the_file_and_of_the_twin_make_one_plan()
    {
        string file = _files.Put("plant/points.csv", Csv);
        DevicePlan plan = Accepted(Desired(file, """{"chiller-1":{"temp":{"group":"fast","table":"inputRegister","address":8,"type":"uint16"}}}"""));
        Assert.Equal(["chiller-1: flow temp", "pump: on"], Points(plan));
    }

    [Fact]
    public void A_json_file_is_the_object_that_would_stand_under_points()
    {
        string file = _files.Put("points.json", """{"pump":{"on":{"group":"fast","table":"coil","address":1,"type":"bool"}}}""");
        Assert.Equal(["chiller-1: ", "pump: on"], Points(Accepted(Desired(file))));
    }

    [Fact]
    public void Without_a_file_it_reads_what_the_plan_reader_reads()
    {
        _files.Put("points.csv", Csv);
        Assert.Single(Accepted(Plans.Example).Units);
        Assert.Null(_files.InUse);
    }

    // facts 2.20
    [Theory]
    [InlineData("nine,9,uint16", "line 2, column \"group\": There is no group \"nine\".")]
    [InlineData("fast,65536,uint16", "line 2, column \"address\": 65536 is not a whole number from 0 to 65535.")]
    [InlineData("fast,9,uint17", "line 2, column \"type\": \"uint17\" is none of bcd16, ")]
    [InlineData("fast,9,", "line 2, column \"type\": It is missing.")]
    public void A_fault_of_the_file_is_told_with_its_line_and_column(string cells, string reason)
    {
        string file = _files.Put("points.csv", $"device,name,table,group,address,type\nchiller-1,flow,inputRegister,{cells}\n");
        PlanFault fault = Assert.Single(Faults(Desired(file)));
        Assert.Equal("/pointsFile", fault.Pointer);
        Assert.StartsWith(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device,name\nfan,p\n", "line 2, column \"device\": There is no unit \"fan\".")]
    [InlineData("device,name\nchiller-1,a/b\n", "line 2, column \"name\": A name has 1 to 64 of the characters A-Z a-z 0-9 _ and -.")]
    [InlineData("device,name,addres\n", "line 1, column \"addres\": Unknown column; known are device, name, group, table")]
    public void What_names_a_point_is_judged_too(string csv, string reason)
    {
        string file = _files.Put("points.csv", csv);
        PlanFault fault = Assert.Single(Faults(Desired(file)));
        Assert.Equal("/pointsFile", fault.Pointer);
        Assert.StartsWith(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pump":{"on":{"group":"fast","table":"coil","type":"bool"}}}""", "line 1, /pump/on/address: It is missing.")]
    [InlineData("{\"pump\":{\n\n\"on\":{\"group\":\"fast\",\"table\":\"coil\",\"address\":-1,\"type\":\"bool\"}}}", "line 3, /pump/on/address: -1 is not a whole number from 0 to 65535.")]
    [InlineData("{\"pump\":{},\n\"pump\":{}}", "line 2, /pump: The device stands in line 1 already.")]
    [InlineData("{\"pump\":{\"a\":1,\n\"a\":1}}", "line 2, /pump/a: The point stands in line 1 already.")]
    [InlineData("{\"pump\":\n{", "line 2: It is not JSON.")]
    [InlineData("[]", "line 1: The file is not an object of devices.")]
    [InlineData("{\"\\ud800\":{}}", "line 1: A name in it is no text.")]
    public void A_fault_of_a_json_file_is_told_with_its_line_and_pointer(string json, string reason)
    {
        string file = _files.Put("points.json", json);
        Assert.Equal(new PlanFault("/pointsFile", reason), Assert.Single(Faults(Desired(file))));
    }

    [Fact]
    public void A_fault_of_the_twin_keeps_its_pointer()
    {
        string file = _files.Put("points.csv", Csv);
        Assert.Equal(
            ["/groups/fast/intervalMs", "/points/pump/off/address"],
            Faults(Desired(file, """{"pump":{"off":{"group":"fast","table":"coil","address":-1,"type":"bool"}}}""").Replace("1000", "1", StringComparison.Ordinal)).Select(fault => fault.Pointer));
        Assert.Null(_files.InUse);
    }

    [Fact]
    public void A_point_in_both_places_is_refused()
    {
        string file = _files.Put("points.csv", Csv);
        Assert.Equal(
            new PlanFault("/pointsFile", "line 3, column \"name\": pump has a point on in the desired properties too."),
            Assert.Single(Faults(Desired(file, """{"pump":{"on":{"group":"fast","table":"coil","address":2,"type":"bool"}}}"""))));
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_refused_across_both_places()
    {
        string file = _files.Put("points.csv", Csv);
        Assert.Equal(
            new PlanFault("/pointsFile", "line 3, column \"name\": The name is used twice; upper and lower case count as the same."),
            Assert.Single(Faults(Desired(file, """{"pump":{"ON":{"group":"fast","table":"coil","address":2,"type":"bool"}}}"""))));
    }

    [Theory]
    [InlineData("{}", "/pointsFile/path", "/pointsFile/sha256")]
    [InlineData("7", "/pointsFile")]
    [InlineData("""{"path":"points.csv"}""", "/pointsFile/sha256")]
    [InlineData("""{"path":"points.csv","sha256":"12"}""", "/pointsFile/sha256")]
    [InlineData("""{"path":"points.csv","sha256":"DIGEST","sha512":""}""", "/pointsFile/sha512")]
    [InlineData("""{"path":"/etc/points.csv","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"../points.csv","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"a/../../points.csv","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"a//points.csv","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"a\\points.csv","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"points.csv\u0000","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"points.txt","sha256":"DIGEST"}""", "/pointsFile/path")]
    [InlineData("""{"path":"missing.csv","sha256":"DIGEST"}""", "/pointsFile/path")]
    public void A_wrong_reference_is_refused(string reference, params string[] pointers)
    {
        _files.Put("points.csv", Csv);
        string digest = new('a', 64);
        Assert.Equal(
            pointers.Order(StringComparer.Ordinal),
            Faults(Desired(reference.Replace("DIGEST", digest, StringComparison.Ordinal)))
                .Select(fault => fault.Pointer).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Another_file_than_the_one_that_was_meant_is_refused_with_both_digests()
    {
        string file = _files.Put("points.csv", Csv);
        _files.Put("points.csv", Csv + "pump,off,fast,coil,2,bool\n");
        string meant = JsonDocument.Parse(file).RootElement.GetProperty("sha256").GetString()![..8];
        PlanFault fault = Assert.Single(Faults(Desired(file)));
        Assert.Equal("/pointsFile/sha256", fault.Pointer);
        Assert.Matches($"^The file has [0-9a-f]{{8}}…, not {meant}…: ", fault.Reason);
    }

    [Fact]
    public void The_file_before_is_still_found_when_a_newer_one_has_its_name()
    {
        string file = _files.Put("points.csv", Csv);
        _files.Files[PointsFileReference.KeptPathOf("points.csv")] = _files.Files["points.csv"];
        _files.Put("points.csv", "device,name\n");
        Accepted(Desired(file));
    }

    [Fact]
    public void The_plan_reader_alone_refuses_a_file_rather_than_leaving_its_points_out() => Assert.Equal(
        "/pointsFile",
        Assert.Single(Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(Desired("{}", "{}"))).Faults).Pointer);

    private static string Desired(string file, string? points = null) =>
        "{" + Base + ",\"pointsFile\":" + file + (points is null ? "}" : $",\"points\":{points}}}");

    private static IEnumerable<string> Points(DevicePlan plan) =>
        plan.Units.Select(unit => $"{unit.Name}: {string.Join(' ', unit.Polls.SelectMany(poll => poll.Points).Select(point => point.Name))}");

    private DevicePlan Accepted(string desired) => Assert.IsType<PlanReading<DevicePlan>.Accepted>(Read(desired)).Plan;

    private ImmutableArray<PlanFault> Faults(string desired) => Assert.IsType<PlanReading<DevicePlan>.Refused>(Read(desired)).Faults;

    private PlanReading<DevicePlan> Read(string desired)
    {
        using JsonDocument document = JsonDocument.Parse(desired);
        return new PointsFilePlanReader(_files).Read(document.RootElement);
    }
}
