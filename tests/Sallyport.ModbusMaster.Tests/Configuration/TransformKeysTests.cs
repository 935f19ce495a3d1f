using Sallyport.Acquisition;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusMaster.Tests.Configuration;

public sealed class TransformKeysTests
{
    private const string Everything = """
        "type":"int16","nullValues":[-32768,32767],"scale":0.1,"offset":-40,"clamp":{"min":0,"max":99.5},"unit":"°C"
        """;

    [Fact]
    public void A_point_that_says_nothing_is_left_as_it_is()
    {
        PointPlan point = PointDocuments.Point("\"type\":\"int16\"");
        Assert.Same(ValueTransform.None, point.Transform);
        Assert.Null(point.EngineeringUnit);
    }

    [Fact]
    public void A_unit_alone_does_nothing_to_the_value()
    {
        PointPlan point = PointDocuments.Point("\"type\":\"int16\",\"unit\":\"m³/h\"");
        Assert.Same(ValueTransform.None, point.Transform);
        Assert.Equal("m³/h", point.EngineeringUnit);
    }

    [Fact]
    public void Everything_that_can_be_done_to_a_number_is_understood()
    {
        PointPlan point = PointDocuments.Point(Everything);
        Assert.Equal(
            new ValueTransform
            {
                NullValues = [PointValue.FromInt64(-32768), PointValue.FromInt64(32767)],
                Scale = 0.1,
                Offset = -40,
                Min = 0,
                Max = 99.5,
            },
            point.Transform);
        Assert.Equal("°C", point.EngineeringUnit);
    }

    [Theory]
    [InlineData("\"type\":\"uint64\",\"nullValues\":[18446744073709551615]", "18446744073709551615")]
    [InlineData("\"type\":\"int64\",\"nullValues\":[-9223372036854775808]", "-9223372036854775808")]
    [InlineData("\"type\":\"float32\",\"nullValues\":[-999.9]", "-999.9")]
    [InlineData("\"type\":\"bcd16\",\"nullValues\":[9999]", "9999")]
    public void Reserved_numbers_are_exact(string members, string expected) =>
        Assert.Equal(expected, Assert.Single(PointDocuments.Point(members).Transform.NullValues).ToString());

    [Theory]
    [InlineData("\"type\":\"int16\",\"enum\":{\"0\":\"off\",\"-1\":\"fault\"}", "-1=fault 0=off")]
    [InlineData("\"type\":\"bool\",\"bit\":3,\"enum\":{\"0\":\"closed\",\"1\":\"open\"}", "0=closed 1=open")]
    public void Words_are_understood(string members, string expected) => Assert.Equal(
        expected,
        string.Join(' ', PointDocuments.Point(members).Transform.Words.Select(word => $"{word.Key}={word.Value}")));

    [Fact]
    public void The_same_document_is_the_same_work_and_another_transform_is_not()
    {
        string[] others =
        [
            Everything.Replace("0.1", "0.2", StringComparison.Ordinal),
            Everything.Replace("32767", "32766", StringComparison.Ordinal),
            Everything.Replace("99.5", "99", StringComparison.Ordinal),
            Everything.Replace("°C", "K", StringComparison.Ordinal),
        ];
        Assert.True(PollOf(Everything).IsSameWorkAs(PollOf(Everything)));
        Assert.All(others, other => Assert.False(PollOf(Everything).IsSameWorkAs(PollOf(other))));

        static PollPlan PollOf(string members) => Plans.Read(PointDocuments.With($"\"p\":{{{PointDocuments.Place},{members}}}")).Units[0].Polls[0];
    }

    [Theory]
    [InlineData("\"type\":\"int16\",\"scale\":0", "/p/scale: A scale of 0 would make every value 0.")]
    [InlineData("\"type\":\"int16\",\"scale\":\"0.1\"", "/p/scale: \"0.1\" is not a number.")]
    [InlineData("\"type\":\"int16\",\"scale\":1e999", "/p/scale: 1e999 is not a number.")]
    [InlineData("\"type\":\"int16\",\"offset\":null", "/p/offset: null is not a number.")]
    [InlineData("\"type\":\"int16\",\"clamp\":5", "/p/clamp: 5 is not an object.")]
    [InlineData("\"type\":\"int16\",\"clamp\":{}", "/p/clamp: It has neither min nor max.")]
    [InlineData("\"type\":\"int16\",\"clamp\":{\"low\":1,\"max\":2}", "/p/clamp/low: Unknown key; known here are min, max.")]
    [InlineData("\"type\":\"int16\",\"clamp\":{\"min\":3,\"max\":2}", "/p/clamp: min is greater than max.")]
    [InlineData("\"type\":\"int16\",\"clamp\":{\"min\":\"a\"}", "/p/clamp/min: \"a\" is not a number.")]
    [InlineData("\"type\":\"int16\",\"nullValues\":32768", "/p/nullValues: 32768 is not a list of 1 to 16 entries.")]
    [InlineData("\"type\":\"int16\",\"nullValues\":[]", "/p/nullValues: An array is not a list of 1 to 16 entries.")]
    [InlineData("\"type\":\"int16\",\"nullValues\":[0,65535]", "/p/nullValues/1: 65535 never comes from the type int16, which has whole numbers from -32768 to 32767.")]
    [InlineData("\"type\":\"uint8Low\",\"nullValues\":[-1]", "/p/nullValues/0: -1 never comes from the type uint8Low, which has whole numbers from 0 to 255.")]
    [InlineData("\"type\":\"uint32\",\"nullValues\":[1.5]", "/p/nullValues/0: 1.5 never comes from the type uint32, which has whole numbers from 0 to 4294967295.")]
    [InlineData("\"type\":\"float32\",\"nullValues\":[\"NaN\"]", "/p/nullValues/0: \"NaN\" is not a number.")]
    [InlineData("\"type\":\"bool\",\"bit\":0,\"nullValues\":[0]", "/p/nullValues: A bool is not a number.")]
    [InlineData("\"type\":\"bool\",\"bit\":0,\"scale\":2", "/p/scale: A bool is not a number.")]
    [InlineData("\"type\":\"string\",\"registers\":2,\"offset\":2", "/p/offset: A string is not a number.")]
    [InlineData("\"type\":\"string\",\"registers\":2,\"enum\":{\"0\":\"a\"}", "/p/enum: A string is not a whole number.")]
    [InlineData("\"type\":\"float32\",\"enum\":{\"0\":\"a\"}", "/p/enum: A float32 is not a whole number.")]
    [InlineData("\"type\":\"int16\",\"enum\":{}", "/p/enum: An enum has at least one number with its text.")]
    [InlineData("\"type\":\"int16\",\"enum\":{\"on\":\"1\"}", "/p/enum/on: \"on\" is not a whole number in its shortest spelling.")]
    [InlineData("\"type\":\"int16\",\"enum\":{\"01\":\"a\"}", "/p/enum/01: \"01\" is not a whole number in its shortest spelling.")]
    [InlineData("\"type\":\"int16\",\"enum\":{\"1\":\"\"}", "/p/enum/1: \"\" is not a text of 1 to 64 characters.")]
    [InlineData("\"type\":\"int16\",\"enum\":{\"40000\":\"a\"}", "/p/enum/40000: 40000 never comes from the type int16, which has whole numbers from -32768 to 32767.")]
    [InlineData("\"type\":\"bool\",\"bit\":0,\"enum\":{\"2\":\"a\"}", "/p/enum/2: 2 never comes from the type bool, which has whole numbers from 0 to 1.")]
    [InlineData("\"type\":\"int16\",\"enum\":{\"1\":\"a\"},\"scale\":2", "/p/scale: enum replaces the number by a text; there is nothing left to compute.")]
    [InlineData("\"type\":\"int16\",\"enum\":{\"1\":\"a\"},\"clamp\":{\"min\":1}", "/p/clamp: enum replaces the number by a text; there is nothing left to compute.")]
    [InlineData("\"type\":\"int16\",\"unit\":\"\"", "/p/unit: \"\" is not a text of 1 to 32 characters.")]
    [InlineData("\"type\":\"int16\",\"unit\":7", "/p/unit: 7 is not a text of 1 to 32 characters.")]
    [InlineData("\"type\":\"int16\",\"factor\":7", "/p/factor: Unknown key; known here are group, table, address, atomic, type, bit, wordOrder, registers, packing, encoding, scale, offset, clamp, scaleFrom, nullValues, enum, unit, deadband.")]
    public void What_cannot_be_done_is_refused(string members, string fault) => Assert.Equal(fault, PointDocuments.FaultsOf(members));

    // Facts 6.24.
    [Fact]
    public void A_scale_comes_from_a_whole_number_of_the_same_poll()
    {
        PollPlan poll = Plans.Read(PointDocuments.With($$"""
            "p":{{{PointDocuments.Place}},"type":"uint16","scaleFrom":"sf","offset":1},
            "sf":{{{PointDocuments.Place}},"type":"int16","nullValues":[-32768]}
            """)).Units[0].Polls[0];
        Assert.Equal("sf", poll.Points[0].Transform.ScaleFrom);
    }

    [Theory]
    [InlineData("p", "", "A point cannot be its own scale.")]
    [InlineData("sg", "", "This device has no point \"sg\".")]
    [InlineData("sf", "\"type\":\"int16\",\"group\":\"slow\"", "\"sf\" is in the group slow; a value and its scale must come from the same poll.")]
    [InlineData("sf", "\"type\":\"float32\"", "\"sf\" is not a whole number as the device has it; a scale is a power of ten, such as -2.")]
    [InlineData("sf", "\"type\":\"int16\",\"scale\":2", "\"sf\" is not a whole number as the device has it; a scale is a power of ten, such as -2.")]
    [InlineData("sf", "\"type\":\"int16\",\"enum\":{\"1\":\"a\"}", "\"sf\" is not a whole number as the device has it; a scale is a power of ten, such as -2.")]
    [InlineData("sf", "\"type\":\"int16\",\"scaleFrom\":\"other\"", "\"sf\" is not a whole number as the device has it; a scale is a power of ten, such as -2.")]
    [InlineData("sf", "\"type\":\"bool\",\"bit\":1", "\"sf\" is not a whole number as the device has it; a scale is a power of ten, such as -2.")]
    public void A_scale_that_cannot_be_is_refused(string source, string scaleMembers, string reason)
    {
        string members = scaleMembers.Length is 0 ? "\"type\":\"int16\"" : scaleMembers;
        string group = members.Contains("\"group\"", StringComparison.Ordinal) ? "" : "\"group\":\"fast\",";
        string points = $$"""
            "p":{{{PointDocuments.Place}},"type":"uint16","scaleFrom":"{{source}}"},
            "sf":{{{group}}"table":"holdingRegister","address":9,{{members}}},
            "other":{{{PointDocuments.Place}},"type":"int16"}
            """;
        Assert.Equal($"/p/scaleFrom: {reason}", PointDocuments.Faults(points));
    }

    [Fact]
    public void A_scale_that_was_refused_itself_is_complained_about_once() => Assert.Equal(
        "/sf/type: \"int17\" is none of " + string.Join(", ", Vocabulary.Types.Keys.Order(StringComparer.Ordinal)) + ".",
        PointDocuments.Faults($$"""
            "p":{{{PointDocuments.Place}},"type":"uint16","scaleFrom":"sf"},
            "sf":{{{PointDocuments.Place}},"type":"int17"}
            """));

    [Fact]
    public void A_scale_and_a_scale_from_elsewhere_exclude_each_other() => Assert.Equal(
        "/p/scale: The scale comes from another point already: scaleFrom.",
        PointDocuments.Faults($$"""
            "p":{{{PointDocuments.Place}},"type":"uint16","scaleFrom":"sf","scale":2},
            "sf":{{{PointDocuments.Place}},"type":"int16"}
            """));
}
