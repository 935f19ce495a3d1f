using System.Globalization;
using Sallyport.Acquisition;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;

namespace Sallyport.EtherNetIpReader.Tests.Configuration;

public sealed class TagSectionTests
{
    [Fact]
    public void Every_key_of_a_tag_is_read()
    {
        TagPlan tag = Tag(
            """
            "p":{"group":"fast","tag":"Program:Main.Recipe[2].Name","type":"STRING","encoding":"windows1252","unit":"-"}
            """);
        Assert.Equal(("p", "Program:Main.Recipe[2].Name", "Main", CipDataType.String), (tag.Name, tag.Tag.Text, tag.Tag.Program, tag.Type));
        Assert.Equal((TextEncoding.Windows1252, "-"), (tag.Encoding, tag.EngineeringUnit));
        Assert.Equal(5, Tag("""  "p":{"group":"fast","tag":"Alarms.5"} """).Tag.Bit);
        Assert.Equal((0.1, -3.0), (Tag("""  "p":{"group":"fast","tag":"A","scale":0.1,"offset":-3} """).Transform.Scale, Tag("""  "p":{"group":"fast","tag":"A","scale":0.1,"offset":-3} """).Transform.Offset));
        PollPlan onChange = Plans.Read(Plans.WithTags(
            """ "p":{"group":"fast","tag":"A","deadband":0.5} """, group: "\"intervalMs\":1000,\"report\":\"change\"")).Sources[0].Polls[0];
        Assert.Equal(new Deadband(0.5, IsPercent: false), Assert.Single(onChange.Deadbands));
        Assert.True(onChange.Report.IsOnChange);
    }

    [Theory]
    [InlineData("Zones", 3, "Zones[0] Zones[1] Zones[2]")]
    [InlineData("Zones[7]", 2, "Zones[7] Zones[8]")]
    [InlineData("Grid[2,9]", 2, "Grid[2,9] Grid[2,10]")]
    [InlineData("Line[1].Zones", 2, "Line[1].Zones[0] Line[1].Zones[1]")]
    public void Elements_become_points_with_their_index(string tag, int elements, string expected)
    {
        var poll = Assert.Single(Assert.Single(Plans.Read(Plans.WithTags(string.Create(
            CultureInfo.InvariantCulture, $$""" "p":{"group":"fast","tag":"{{tag}}","elements":{{elements}}} """))).Sources).Polls);
        Assert.Equal(expected, string.Join(' ', poll.Tags.Select(one => one.Tag.Text)));
        Assert.Equal(Enumerable.Range(0, elements).Select(i => $"p[{i}]"), poll.Tags.Select(one => one.Name));
    }

    [Theory]
    [InlineData("\"tag\":\"A\"", "group", "missing")]
    [InlineData("\"group\":\"slow\",\"tag\":\"A\"", "group", "There is no group")]
    [InlineData("\"group\":\"fast\"", "tag", "missing")]
    [InlineData("\"group\":\"fast\",\"tag\":\"1A\"", "tag", "At character 1")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A[1\"", "tag", "At character 4")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"type\":\"dint\"", "type", "is none of")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A.9\",\"type\":\"SINT\"", "type", "has no bit 9")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A.1\",\"type\":\"REAL\"", "type", "has no bit 1")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A.1\",\"elements\":2", "elements", "A bit has no elements")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"elements\":0", "elements", "1 to 10000")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A[4294967295]\",\"elements\":2", "elements", "cannot be named")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"type\":\"DINT\",\"encoding\":\"utf8\"", "encoding", "Only a text")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A.1\",\"encoding\":\"utf8\"", "encoding", "Only a text")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"encoding\":\"ascii\"", "encoding", "latin1, utf8, windows1252")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"type\":\"STRING\",\"scale\":2", "scale", "A STRING is not a number")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A.1\",\"scale\":2", "scale", "A BOOL is not a number")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"type\":\"SINT\",\"nullValues\":[200]", "nullValues/0", "-128 to 127")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"type\":\"REAL\",\"enum\":{\"1\":\"on\"}", "enum", "A REAL is not a whole number")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"deadband\":1", "deadband", "report \"change\"")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"scaleFrom\":\"q\"", "scaleFrom", "no point \"q\"")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"elements\":2,\"scaleFrom\":\"q\"", "scaleFrom", "no point \"q\"")]
    [InlineData("\"group\":\"fast\",\"tag\":\"A\",\"address\":1", "address", "Unknown key")]
    public void A_key_of_a_tag_that_cannot_be_is_refused(string members, string key, string reason)
    {
        var fault = Assert.Single(Plans.Faults(Plans.WithTags($"\"p\":{{{members}}}")));
        Assert.Equal($"/tags/line-1/p/{key}", fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tag\":\"B\",\"elements\":2")]
    [InlineData("\"tag\":\"B\",\"type\":\"REAL\"")]
    [InlineData("\"tag\":\"B.1\"")]
    public void A_scale_that_is_no_single_whole_number_is_refused(string source) => Assert.Equal(
        "/tags/line-1/p/scaleFrom",
        Assert.Single(Plans.Faults(Plans.WithTags(
            $$""" "p":{"group":"fast","tag":"A","scaleFrom":"q"},"q":{"group":"fast",{{source}}} """))).Pointer);

    private static TagPlan Tag(string tags) => Assert.Single(Assert.Single(Assert.Single(Plans.Read(Plans.WithTags(tags)).Sources).Polls).Tags);
}
