using System.Text.Json;
using CsCheck;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIpReader.Tests.Configuration;

public sealed class EtherNetIpPlanReaderTests
{
    private const string Ignoring = "\"host\":\"plc\",\"keying\":\"ignore\"";
    private const string Keyed = "\"host\":\"plc\",\"keying\":\"compatible\",\"vendor\":1,\"deviceType\":14,\"productCode\":94,\"revision\":\"33.11\"";

    private static readonly string[] Odd = ["{}", "[]", "null", "1e999", "\"\\udc00\"", "-1", "true", "{\"a\":{}}", "\"\"", "\"1,0\"", "99999999999"];

    [Fact]
    public void The_example_of_the_module_is_understood()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("modules", "EtherNetIpReader", "README.md"));
        int start = readme.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        EtherNetIpPlan plan = Plans.Read(readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Equal(["line-1", "pump-3"], plan.Sources.Select(source => source.Name));
        Assert.Equal(15, plan.Sources.SelectMany(source => source.Polls).Sum(poll => poll.Tags.Length));
    }

    [Fact]
    public void Every_key_has_a_row_in_the_readme_of_the_module()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("modules", "EtherNetIpReader", "README.md"));
        Assert.All(ControllerSection.Keys, key => Assert.Contains($"| `controllers/<name>/{key}` |", readme, StringComparison.Ordinal));
        Assert.All(TagSection.Keys, key => Assert.Contains($"| `tags/<controller>/<name>/{key}` |", readme, StringComparison.Ordinal));
        Assert.All(Vocabulary.Types.Keys, type => Assert.Contains($"`{type}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void What_may_be_left_out_has_its_default()
    {
        ControllerPlan controller = Assert.Single(Plans.Read(Plans.WithController(Ignoring)).Sources).Controller;
        Assert.Equal(
            ("line-1", "plc", 44_818, "", ControllerFamily.Auto, new ElectronicKey()),
            (controller.Name, controller.Host, controller.Port, controller.Route.Text, controller.Family, controller.Key));
        Assert.Equal((2000, 5000, 0), (controller.Timeout.TotalMilliseconds, controller.ConnectTimeout.TotalMilliseconds, controller.RequestPause.TotalMilliseconds));
        Assert.Equal((1, (ushort)4000, false), (controller.Connections, controller.ConnectionSize, controller.Unconnected));
    }

    [Fact]
    public void Every_key_of_a_controller_is_read()
    {
        ControllerPlan controller = Assert.Single(Plans.Read(Plans.WithController(
            """
            "host":"PLC.plant.local","port":2222,"path":"1, 3,2,10.0.0.5","family":"logix","keying":"exact","vendor":1,"deviceType":14,"productCode":166,
            "revision":"33.11","serial":"60a1b2c3","timeoutMs":500,"connectTimeoutMs":700,"connections":4,"connectionSize":504,"requestPauseMs":5
            """)).Sources).Controller;
        Assert.Equal(
            ("plc.plant.local", 2222, "1,3,2,10.0.0.5", ControllerFamily.Logix),
            (controller.Host, controller.Port, controller.Route.Text, controller.Family));
        Assert.Equal(
            new ElectronicKey
            {
                Vendor = 1,
                DeviceType = 14,
                ProductCode = 166,
                Major = 33,
                Minor = 11,
                RevisionMatch = RevisionMatch.Exact,
                SerialNumber = 0x60A1B2C3,
            },
            controller.Key);
        Assert.Equal((500, 700, 5), (controller.Timeout.TotalMilliseconds, controller.ConnectTimeout.TotalMilliseconds, controller.RequestPause.TotalMilliseconds));
        Assert.Equal((4, (ushort)504), (controller.Connections, controller.ConnectionSize));
        Assert.True(Assert.Single(Plans.Read(Plans.WithController($"{Ignoring},\"unconnected\":true")).Sources).Controller.Unconnected);
        Assert.True(Assert.Single(Plans.Read(Plans.WithController($"{Ignoring},\"instanceNumbers\":true")).Sources).Controller.UsesInstanceNumbers);
        Assert.Equal(RevisionMatch.Compatible, Assert.Single(Plans.Read(Plans.WithController(Keyed)).Sources).Controller.Key.RevisionMatch);
        Assert.Null(Assert.Single(Plans.Read(Plans.WithController(Keyed.Replace("33.11", "33", StringComparison.Ordinal))).Sources).Controller.Key.Minor);
    }

    // facts 4: whoever reads any device that answers has to say so.
    [Fact]
    public void A_controller_without_keying_is_refused_with_the_way_to_its_identity()
    {
        var fault = Assert.Single(Plans.Faults(Plans.WithController("\"host\":\"plc\"")));
        Assert.Equal("/controllers/line-1/keying", fault.Pointer);
        Assert.Contains("sallyportctl eip identify HOST", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("compatible")]
    public void Keying_without_an_identity_is_refused_field_by_field(string keying) => Assert.Equal(
        ["deviceType", "productCode", "revision", "vendor"],
        Plans.Faults(Plans.WithController($"\"host\":\"plc\",\"keying\":\"{keying}\",\"serial\":\"1\""))
            .Select(fault => fault.Pointer["/controllers/line-1/".Length..]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("\"host\":\"plc\",\"keying\":\"ignore\",\"vendor\":1", "vendor", "nothing is compared")]
    [InlineData("\"host\":\"plc\",\"keying\":\"some\"", "keying", "compatible, exact, ignore")]
    [InlineData("\"keying\":\"ignore\"", "host", "missing")]
    [InlineData("\"host\":\"plc:44818\",\"keying\":\"ignore\"", "host", "the port has a key of its own")]
    [InlineData($"{Ignoring},\"port\":0", "port", "1 to 65535")]
    [InlineData($"{Ignoring},\"path\":\"1\"", "path", "a port without an address")]
    [InlineData($"{Ignoring},\"path\":\"1,0\",\"family\":\"micro800\"", "path", "A Micro800 has no backplane")]
    [InlineData($"{Ignoring},\"family\":\"slc\"", "family", "auto, logix, micro800")]
    [InlineData($"{Ignoring},\"timeoutMs\":9", "timeoutMs", "10 to 10000")]
    [InlineData($"{Ignoring},\"connectTimeoutMs\":10001", "connectTimeoutMs", "10 to 10000")]
    [InlineData($"{Ignoring},\"connections\":5", "connections", "1 to 4")]
    [InlineData($"{Ignoring},\"connectionSize\":4003", "connectionSize", "128 to 4002")]
    [InlineData($"{Ignoring},\"requestPauseMs\":10001", "requestPauseMs", "0 to 10000")]
    [InlineData($"{Ignoring},\"unconnected\":1", "unconnected", "neither true nor false")]
    [InlineData($"{Ignoring},\"instanceNumbers\":\"yes\"", "instanceNumbers", "neither true nor false")]
    [InlineData($"{Ignoring},\"unconnected\":true,\"connections\":2", "connections", "there are no connections")]
    [InlineData($"{Ignoring},\"unconnected\":true,\"connectionSize\":500", "connectionSize", "there are no connections")]
    [InlineData($"{Ignoring},\"write\":true", "write", "Unknown key")]
    [InlineData($"{Keyed},\"serial\":\"0x60A1\"", "serial", "hexadecimal digits")]
    [InlineData($"{Keyed},\"serial\":\"123456789\"", "serial", "hexadecimal digits")]
    public void A_key_of_a_controller_that_cannot_be_is_refused(string members, string key, string reason)
    {
        var fault = Assert.Single(Plans.Faults(Plans.WithController(members)));
        Assert.Equal($"/controllers/line-1/{key}", fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("128.1")]
    [InlineData("0.1")]
    [InlineData("33.256")]
    [InlineData("33.1.1")]
    [InlineData("33.")]
    [InlineData("v33")]
    public void A_revision_that_no_device_has_is_refused(string revision)
    {
        var fault = Assert.Single(Plans.Faults(Plans.WithController(Keyed.Replace("33.11", revision, StringComparison.Ordinal))));
        Assert.Equal("/controllers/line-1/revision", fault.Pointer);
    }

    [Fact]
    public void Two_controllers_at_one_place_are_refused_and_two_behind_one_host_are_not()
    {
        const string Two = """{"controllers":{"a":{"host":"plc","keying":"ignore","path":"1,0"},"b":{"host":"PLC","keying":"ignore","path":"1,PATH"}},"groups":{},"tags":{}}""";
        Assert.Equal("/controllers/b/host", Assert.Single(Plans.Faults(Two.Replace("PATH", "0", StringComparison.Ordinal))).Pointer);
        Assert.Equal(2, Plans.Read(Two.Replace("PATH", "3", StringComparison.Ordinal)).Sources.Length);
    }

    [Fact]
    public void Tags_of_a_controller_that_is_not_there_and_too_many_elements_are_refused()
    {
        Assert.Equal(
            "/tags/line-2",
            Assert.Single(Plans.Faults("""{"controllers":{},"groups":{},"tags":{"line-2":{}}}""")).Pointer);
        Assert.Equal(
            "/tags/line-1",
            Assert.Single(Plans.Faults(Plans.WithTags(
                """ "a":{"group":"fast","tag":"A","elements":10000},"b":{"group":"fast","tag":"B"} """))).Pointer);
    }

    [Fact]
    public void Equal_documents_make_plans_of_the_same_work()
    {
        const string Tags = """ "a":{"group":"fast","tag":"A[1]","type":"REAL","scale":2},"b":{"group":"fast","tag":"B","enum":{"0":"off"}} """;
        const string Controller = """{"host":"plc","path":"1,0","keying":"ignore"}""";
        SourcePlan one = Plans.Read(Plans.WithTags(Tags, Controller)).Sources[0];
        SourcePlan other = Plans.Read(Plans.WithTags(Tags, Controller)).Sources[0];
        Assert.True(one.IsSameDeviceAs(other) && one.Polls[0].IsSameWorkAs(other.Polls[0]));
        Assert.False(one.IsSameDeviceAs(Plans.Read(Plans.WithTags(Tags, Controller.Replace("1,0", "1,1", StringComparison.Ordinal))).Sources[0]));
        Assert.False(one.Polls[0].IsSameWorkAs(Plans.Read(Plans.WithTags(Tags.Replace("A[1]", "A[2]", StringComparison.Ordinal), Controller)).Sources[0].Polls[0]));
        Assert.False(one.Polls[0].IsSameWorkAs(Plans.Read(Plans.WithTags(Tags.Replace("REAL", "DINT", StringComparison.Ordinal), Controller)).Sources[0].Polls[0]));
    }

    [Fact]
    public void Whatever_stands_in_the_document_is_accepted_or_refused_and_never_an_exception()
    {
        string whole = Plans.WithTags(
            """ "p":{"group":"fast","tag":"A","type":"DINT","elements":2,"encoding":"utf8","scale":2,"scaleFrom":"p","enum":{"1":"a"},"nullValues":[1]} """,
            $$"""{{{Keyed}},"serial":"1","path":"1,0","port":1,"connections":1,"connectionSize":500,"unconnected":false}""");
        string[] members = [.. Members(JsonElement.Parse(whole)).Distinct(StringComparer.Ordinal)];
        Gen.Select(Gen.Int[0, members.Length - 1], Gen.Int[0, Odd.Length - 1]).Sample(
            (member, odd) => Plans.Judge(whole.Replace(
                members[member], $"{members[member][..members[member].IndexOf(':', StringComparison.Ordinal)]}:{Odd[odd]}", StringComparison.Ordinal)) is not null,
            iter: 2000);
    }

    private static IEnumerable<string> Members(JsonElement element) => element.ValueKind is JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Members(member.Value).Append($"\"{member.Name}\":{member.Value.GetRawText()}"))
        : [];
}
