using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Tests.EtherNetIpPlant.CipDialogue;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

public sealed class TagReadingTests
{
    private readonly EtherNetIpDevice _device;
    private readonly CipDialogue _logix;
    private readonly CipDialogue _micro;

    public TagReadingTests()
    {
        _device = CompactLogix.Create("line-1", new PlantLedger(), new FakeTimeProvider());
        _logix = new(_device);
        _micro = new(Micro850.Create("compressor", new PlantLedger(), new FakeTimeProvider()));
    }

    [Theory]
    [InlineData("Pump", "C100 FF")]
    [InlineData("valve", "C100 00")]
    [InlineData("Offset", "C200 9C")]
    [InlineData("Torque", "C300 D08A")]
    [InlineData("Position", "C400 006CCA88")]
    [InlineData("Total", "C500 00007C1DAF931983")]
    [InlineData("Retries", "C600 C8")]
    [InlineData("Port", "C700 12AF")]
    [InlineData("Serial", "C800 00286BEE")]
    [InlineData("Ratio", "CA00 CDCCCC3D")]
    [InlineData("Pi", "CB00 182D4454FB210940")]
    [InlineData("Alarms", "D300 01000080")]
    [InlineData("Filled", "C400 06180000")]
    public void A_tag_is_read_with_its_type(string name, string value) =>
        Assert.Equal(Bytes($"CC00 0000 {value}"), _logix.Ask(Read(Name(name))));

    [Theory]
    [InlineData("Running", "C100 01")]
    [InlineData("Speed", "C300 C805")]
    [InlineData("Delay", "DB00 DC050000")]
    [InlineData("Operator", "DA00 05 48656C6C6F")]
    public void A_Micro850_has_its_own_truth_and_texts(string name, string value) =>
        Assert.Equal(Bytes($"CC00 0000 {value}"), _micro.Ask(Read(Name(name))));

    [Fact]
    public void Texts_of_a_Micro850_follow_each_other_with_their_lengths() =>
        Assert.Equal(Bytes("CC00 0000 DA00 00 0162 026363 03646464"), _micro.Ask(Read(Name("Messages"), 4)));

    [Fact]
    public void An_array_of_BOOL_has_a_byte_for_each_in_a_Micro850() =>
        Assert.Equal(Bytes("CC00 0000 C100 01 00 00 01"), _micro.Ask(Read(Name("Inputs"), 4)));

    [Theory]
    [InlineData("Counts", "2A00 CF070000", "C400 91801E00")]
    [InlineData("Cube", "2801 2802 2803", "C300 1700")]
    [InlineData("Grid", "2801 2900 0200", "C400 40000000")]
    [InlineData("Motors", "2802 9105 5370656564 00", "CA00 00004943")]
    [InlineData("Motors", "2803 9107 54726970706564 00", "C100 FF")]
    [InlineData("Motors", "2802 9107 54726970706564 00", "C100 00")]
    [InlineData("Recipe1", "9109 536574706F696E7473 00 2802", "CA00 00004040")]
    [InlineData("Recipe1", "9106 4D6F746F7273 2801 9106 537461727473", "C300 FD03")]
    [InlineData("Recipe1", "9105 5469746C65 00 9103 4C454E 00", "C400 07000000")]
    [InlineData("Program:Main", "9104 53746570", "C300 0700")]
    [InlineData("Program:Main", "9106 427566666572 2803", "C400 61000000")]
    public void A_path_leads_to_an_element_or_a_member(string name, string rest, string value) =>
        Assert.Equal(Bytes($"CC00 0000 {value}"), _logix.Ask(Read($"{Name(name)}{rest}")));

    [Theory]
    [InlineData("Missing", "", "04 00")]
    [InlineData("Step", "", "04 00")]
    [InlineData("Limit", "2800", "04 00")]
    [InlineData("Cube", "2801", "04 00")]
    [InlineData("Cube", "2801 2801 2801 2801", "04 00")]
    [InlineData("Motor1", "9104 4E6F7065", "04 00")]
    [InlineData("Motors", "9105 5370656564 00", "04 00")]
    [InlineData("Counts", "2900 D007", "05 00")]
    [InlineData("Program:Main", "", "04 00")]
    [InlineData("Secret", "", "0F 00")]
    [InlineData("Safe1", "", "0F 00")]
    [InlineData("Safe1", "9104 436F6465", "0F 00")]
    public void A_path_that_leads_nowhere_gets_its_status(string name, string rest, string status) =>
        Assert.Equal(Bytes($"CC00 {status}"), _logix.Ask(Read($"{Name(name)}{rest}")));

    [Fact]
    public void The_member_beside_a_denied_one_can_be_read() =>
        Assert.Equal(Bytes("CC00 0000 C400 01000000"), _logix.Ask(Read($"{Name("Safe1")}{Name("Open")}")));

    [Theory]
    [InlineData("Limit", "", 2)]
    [InlineData("Counts", "2900 CF07", 2)]
    [InlineData("Cube", "2801 2802 2803", 2)]
    public void More_elements_than_there_are_is_beyond_the_end_of_the_object(string name, string rest, int count) =>
        Assert.Equal(Bytes("CC00 FF01 0521"), _logix.Ask(Read($"{Name(name)}{rest}", count)));

    [Fact]
    public void A_STRING_is_a_structure_of_88_bytes_with_the_handle_of_all_strings()
    {
        var reply = _logix.Ask(Read(Name("BatchName")));
        Assert.Equal(Bytes("CC00 0000 A002 CE0F 07000000"), reply[..12]);
        Assert.Equal((96, "Batch 1"), (reply.Length, Encoding.ASCII.GetString(reply, 12, 7)));
    }

    [Fact]
    public void A_long_array_comes_in_fragments_of_whole_elements()
    {
        var values = new List<int>();
        while (true)
        {
            var reply = _logix.Ask(Fragment(Name("Counts"), 2000, values.Count * sizeof(int)), 503);
            Assert.Equal(Bytes("C400"), reply[4..6]);
            Assert.Equal(0, (reply.Length - 6) % 4);
            for (var at = 6; at < reply.Length; at += sizeof(int))
            {
                values.Add(BinaryPrimitives.ReadInt32LittleEndian(reply.AsSpan(at)));
            }

            if (reply[2] == 0)
            {
                break;
            }

            Assert.Equal(6, reply[2]);
        }

        Assert.Equal(Enumerable.Range(0, 2000).Select(index => (index * 1000) - 7), values);
        Assert.Equal(Bytes("D200 FF01 0521"), _logix.Ask(Fragment(Name("Counts"), 2000, 8000)));
    }

    [Fact]
    public void Fragments_of_any_size_make_up_the_same_structure()
    {
        var whole = _logix.Ask(Read(Name("Recipe1")));
        Gen.Int[20, 200].Sample(room => Assert.Equal(whole[8..], ReadInParts(room)), threads: 1);
    }

    [Fact]
    public void A_packet_answers_each_request_and_says_that_one_failed()
    {
        var reply = _logix.Ask(Packet(Read(Name("Torque")), Read(Name("Missing")), Read(Name("Limit"))));
        Assert.Equal(Bytes("8A00 1E00 0300 0800 1000 1400 CC000000 C300 D08A CC000400 CC000000 C400 84030000"), reply);
    }

    [Fact]
    public void A_packet_whose_replies_do_not_fit_leaves_some_to_be_read_again()
    {
        var reply = _logix.Ask(Packet(Read(Name("Counts"), 20), Read(Name("Curve"), 20), Read(Name("Torque"))), 100);
        Assert.Equal(Bytes("8A00 1E00 0300 0800"), reply[..8]);
        Assert.InRange(reply.Length, 90, 100);
        var second = 4 + BinaryPrimitives.ReadUInt16LittleEndian(reply.AsSpan(8));
        Assert.Equal((0x06, 0x06), (reply[12 + 2], reply[second + 2]));
    }

    [Fact]
    public void A_request_to_write_is_refused_and_counted_wherever_it_hides()
    {
        var write = Request(0x4D, Name("Limit"), "C400 0100 01000000");
        Assert.Equal("CD000800", _logix.AskText(write));
        _logix.Ask(Packet(write, Request(0x4E, Name("Limit"), "0400 FFFFFFFF 00000000")));
        _logix.Ask(Request(0x10, "2001 2401 3007", "00"));
        Assert.Equal([(0x10, 1), (0x4D, 2), (0x4E, 1)], _device.Writes.OrderBy(write => write.Key).Select(write => ((int)write.Key, write.Value)));
        Assert.Equal(Bytes("CC00 0000 C400 84030000"), _logix.Ask(Read(Name("Limit"))));
    }

    [Fact]
    public void A_Micro850_gives_the_members_of_a_structure_but_not_the_whole()
    {
        Assert.Equal("CC000500", _micro.AskText(Read(Name("StartDelay"))));
        Assert.Equal(Bytes("CC00 0000 DB00 D2040000"), _micro.Ask(Read($"{Name("StartDelay")}{Name("ET")}")));
    }

    [Fact]
    public void Whatever_comes_gets_an_answer_and_never_an_exception() =>
        Gen.Byte.Array[0, 60].Sample(message => _logix.Ask(Convert.ToHexString(message)).Length >= 4, iter: 20_000, threads: 1);

    private List<byte> ReadInParts(int room)
    {
        var parts = new List<byte>();
        byte status;
        do
        {
            var reply = _logix.Ask(Fragment(Name("Recipe1"), 1, parts.Count), room);
            status = reply[2];
            parts.AddRange(reply[8..]);
        }
        while (status == 6);
        return parts;
    }
}
