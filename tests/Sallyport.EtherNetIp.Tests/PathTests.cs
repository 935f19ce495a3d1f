using CsCheck;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Tests;

public sealed class PathTests
{
    // Facts 6.
    [Theory]
    [InlineData("Tag", "910354616700")]
    [InlineData("Line1.Speed", "91054C696E653100" + "91055370656564" + "00")]
    [InlineData("T[1,2,300]", "910154002801280229002C01")]
    [InlineData("T[70000]", "910154002A0070110100")]
    [InlineData("A[1].B[2].C", "91014100280191014200280291014300")]
    [InlineData("Program:Main.Go", "910C50726F6772616D3A4D61696E" + "9102476F")]
    [InlineData("Local:1:I.Data", "91094C6F63616C3A313A490091" + "0444617461")]
    [InlineData("Flags.31", "9105466C61677300")]
    [InlineData("_IO_EM_DI_00", "910C5F494F5F454D5F44495F3030")]
    public void A_tag_is_addressed_by_its_name(string name, string path) => Assert.Equal(path, Tag(name).ToPath().ToString());

    [Theory]
    [InlineData("Tag", "206B25002A00")]
    [InlineData("Tag[3].Member", "206B25002A00" + "2803" + "91064D656D626572")]
    [InlineData("Program:Main.Go", "910C50726F6772616D3A4D61696E" + "206B25002A00")]
    public void A_tag_is_addressed_by_its_number(string name, string path) => Assert.Equal(path, Tag(name).ToInstancePath(42).ToString());

    [Fact]
    public void A_bit_of_an_array_of_bool_is_in_a_double_word()
    {
        Assert.Equal("9105466C616773002801", Tag("Flags[37]").ToBitArrayPath(out int bit).ToString());
        Assert.Equal(5, bit);
        Assert.Null(Tag("Flags[37]").Bit);
        Assert.Equal(31, Tag("Flags.31").Bit);
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("1Tag", 0, "letter")]
    [InlineData("Tag.", 4, "missing")]
    [InlineData("Tag..X", 4, "missing")]
    [InlineData("Tag X", 3, "neither")]
    [InlineData("Tag[", 4, "number")]
    [InlineData("Tag[1", 5, "bracket")]
    [InlineData("Tag[1,]", 6, "number")]
    [InlineData("Tag[-1]", 4, "number")]
    [InlineData("Tag[1,2,3,4]", 9, "three")]
    [InlineData("Tag[4294967296]", 4, "number")]
    [InlineData("Tag[1]x", 6, "neither")]
    [InlineData("Tag.64", 4, "bit")]
    [InlineData("Tag.5.X", 5, "last")]
    [InlineData("Tag.5[1]", 5, "last")]
    [InlineData("Täg", 1, "neither")]
    [InlineData("Program:Main", 12, "alone")]
    [InlineData("Program:.Tag", 8, "missing")]
    [InlineData("A123456789012345678901234567890123456789X", 40, "40 characters")]
    public void A_text_that_is_no_tag_is_refused_with_its_place_and_what_to_do(string text, int position, string words)
    {
        var refused = Assert.IsType<TagNameOutcome.Refused>(TagName.Parse(text));
        Assert.Equal(position, refused.Position);
        Assert.Contains(words, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_whose_path_would_be_too_long_is_refused() =>
        Assert.IsType<TagNameOutcome.Refused>(TagName.Parse(string.Join('.', Enumerable.Repeat("A23456789012345678901234567890", 20))));

    // Facts 6.
    [Theory]
    [InlineData("1,0", "0100")]
    [InlineData("1, 3", "0103")]
    [InlineData("1,3,2,10.0.0.5,1,0", "0103" + "120831302E302E302E35" + "0100")]
    [InlineData("2,192.168.1.100", "120D3139322E3136382E312E31303000")]
    [InlineData("20,7", "0F140007")]
    [InlineData("20,10.0.0.5", "1F08140031302E302E302E35")]
    [InlineData("", "")]
    public void A_route_is_ports_and_addresses(string text, string path)
    {
        RoutePath route = Assert.IsType<RouteOutcome.Parsed>(RoutePath.Parse(text)).Route;
        Assert.Equal(path, route.Path.ToString());
        Assert.Equal(path.Length == 0, route.IsEmpty);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("1,0,2", 2)]
    [InlineData("0,1", 0)]
    [InlineData("x,1", 0)]
    [InlineData("1,256", 1)]
    [InlineData("1,", 1)]
    [InlineData("1,a b", 1)]
    [InlineData("65536,1", 0)]
    [InlineData("1,0,,1", 2)]
    public void A_text_that_is_no_route_is_refused_with_its_part(string text, int part) =>
        Assert.Equal(part, Assert.IsType<RouteOutcome.Refused>(RoutePath.Parse(text)).Part);

    [Fact]
    public void What_is_built_is_walked_segment_by_segment() =>
        Gen.Select(Gen.UShort[1, ushort.MaxValue], Gen.UShort, Gen.UInt, Gen.UShort, Gen.UInt, Gen.Char["abc_"].Array[1, 40]).Sample(
            (port, classId, instance, attribute, element, symbol) =>
            {
                string name = new(symbol);
                CipPath path = new CipPathBuilder().Port(port, 3).Port(port, name).Symbol(name).Class(classId).Instance(instance).Attribute(attribute).Element(element).Build();
                Assert.Equal(0, path.Size % 2);
                var segments = new PathSegments(path.Bytes);
                List<string> walked = [];
                while (segments.TryRead(out PathSegment segment))
                {
                    walked.Add($"{segment.Type} {segment.Value} {Convert.ToHexString(segment.Data)}");
                }

                Assert.False(segments.IsBroken);
                string hex = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(name));
                Assert.Equal(
                    [
                        $"Port {port} 03", $"Port {port} {hex}", $"Symbol 0 {hex}", $"Class {classId} ", $"Instance {instance} ", $"Attribute {attribute} ",
                        $"Element {element} ",
                    ],
                    walked);
            });

    [Theory]
    [InlineData("3404010C00010001000102", true)]
    [InlineData("34040100010001008203", false)]
    [InlineData("3405" + "0100010001008203" + "12345678", false)]
    [InlineData("8002AABBCCDD2C01", false)]
    [InlineData("4301", false)]
    [InlineData("20", true)]
    [InlineData("2300", true)]
    [InlineData("91", true)]
    [InlineData("910341", true)]
    [InlineData("9103414243", true)]
    [InlineData("A000", true)]
    [InlineData("0F1400", true)]
    public void A_segment_that_ends_too_early_breaks_the_path(string path, bool isBroken)
    {
        var segments = new PathSegments(Convert.FromHexString(path));
        while (segments.TryRead(out _))
        {
            // Until the end.
        }

        Assert.Equal(isBroken, segments.IsBroken);
    }

    [Fact]
    public void Paths_with_the_same_bytes_are_equal()
    {
        Assert.Equal(CipPath.Object(1, 1), CipPath.Identity);
        Assert.Equal(CipPath.Object(1, 1).GetHashCode(), CipPath.Identity.GetHashCode());
        Assert.NotEqual(CipPath.MessageRouter, CipPath.Identity);
    }

    private static TagName Tag(string text) => Assert.IsType<TagNameOutcome.Parsed>(TagName.Parse(text)).Name;
}
