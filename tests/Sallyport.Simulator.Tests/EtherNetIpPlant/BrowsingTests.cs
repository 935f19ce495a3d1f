using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Tests.EtherNetIpPlant.CipDialogue;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

public sealed class BrowsingTests
{
    private readonly EtherNetIpDevice _device = CompactLogix.Create("line-1", new PlantLedger(), new FakeTimeProvider());
    private readonly EtherNetIpDevice _micro = Micro850.Create("compressor", new PlantLedger(), new FakeTimeProvider());

    [Fact]
    public void All_tags_come_page_by_page_with_rising_instances()
    {
        var tags = Browse(_device);
        Assert.Equal(tags.Select(tag => tag.Id).Order(), tags.Select(tag => tag.Id));
        var names = tags.Select(tag => tag.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(tags.Count, names.Count);
        Assert.Superset(new HashSet<string>(["Station999_Count", "Program:Main", "Local:1:I", "Filled", "Secret", "__l0001"], StringComparer.Ordinal), names);
        Assert.Equal(0x60C3, tags.Single(tag => tag.Name is "Cube").Type);
        Assert.Equal(0x8FCE, tags.Single(tag => tag.Name is "BatchName").Type);
        Assert.Equal(0x1068, tags.Single(tag => tag.Name is "Program:Main").Type);
    }

    [Fact]
    public void A_program_has_a_scope_of_its_own() =>
        Assert.Equal(["Step", "Buffer", "Drive", "Cycle", "Routine:MainRoutine"], Browse(_device, Name("Program:Main")).Select(tag => tag.Name));

    [Fact]
    public void A_Micro850_shows_its_elementary_variables_only()
    {
        var names = Browse(_micro).Select(tag => tag.Name).ToArray();
        Assert.Contains("History", names);
        Assert.DoesNotContain("StartDelay", names);
    }

    [Fact]
    public void All_attributes_of_a_tag_can_be_asked_for()
    {
        var id = Browse(_device).Single(tag => tag.Name is "Grid").Id;
        var reply = new CipDialogue(_device).Ask(Request(0x55, $"206B 2500 {Low(id)}", "0800 0100 0200 0300 0500 0600 0700 0800 0A00"), 4000);
        var address = LittleEndian(id << 8);
        Assert.Equal(
            Bytes($"{Low(id)}0000 0400 47726964 C440 {address} {address} 00000004 0400 05000000 06000000 00000000 00"),
            reply[4..43]);
    }

    [Fact]
    public void A_tag_is_read_by_its_instance_but_an_alias_is_not()
    {
        var tags = Browse(_device);
        var client = new CipDialogue(_device);
        Assert.Equal(Bytes("CC00 0000 C400 84030000"), client.Ask(Read($"206B 2500 {Low(tags.Single(tag => tag.Name is "Limit").Id)}")));
        Assert.Equal(Bytes("CC00 0500"), client.Ask(Read($"206B 2500 {Low(tags.Single(tag => tag.Name is "Filled").Id)}")));
        Assert.Equal(Bytes("CC00 0800"), new CipDialogue(_micro).Ask(Read("206B 2500 0400")));
    }

    [Fact]
    public void A_template_tells_its_sizes_and_its_members()
    {
        var client = new CipDialogue(_device);
        var type = Browse(_device).Single(tag => tag.Name is "Motor1").Type & 0xFFF;
        var attributes = client.Ask(Request(0x03, $"206C 2500 {Low((uint)type)}", "0400 0400 0500 0200 0100"));
        var words = BinaryPrimitives.ReadInt32LittleEndian(attributes.AsSpan(10));
        Assert.Equal((16, 6), (BinaryPrimitives.ReadInt32LittleEndian(attributes.AsSpan(18)), BinaryPrimitives.ReadUInt16LittleEndian(attributes.AsSpan(26))));
        Assert.Equal(client.Ask(Read(Name("Motor1")))[6..8], attributes[32..34]);

        var definition = new List<byte>();
        byte status;
        do
        {
            var rest = (words * 4) - 23 - definition.Count;
            var reply = client.Ask(Request(0x4C, $"206C 2500 {Low((uint)type)}", $"{Low((uint)definition.Count)}0000 {Low((uint)rest)}"), 40);
            definition.AddRange(reply[4..]);
            status = reply[2];
        }
        while (status == 6);

        var text = Encoding.ASCII.GetString([.. definition.Skip(6 * 8)]);
        Assert.StartsWith("Motor;n\0ZZZZZZZZZZMotor0\0Running\0Tripped\0Starts\0Speed\0EnergyWh\0", text, StringComparison.Ordinal);
        Assert.Equal(Bytes("0000 C200 00000000 0000 C100 00000000 0100 C100 00000000 0000 C300 02000000 0000 CA00 04000000 0000 C500 08000000"), definition[..48]);
    }

    [Fact]
    public void A_download_makes_instances_and_templates_stale()
    {
        var client = new CipDialogue(_device);
        var before = Browse(_device);
        _device.Download();
        var limit = before.Single(tag => tag.Name is "Limit");
        Assert.Equal(Bytes("CC00 0500"), client.Ask(Read($"206B 2500 {Low(limit.Id)}")));
        Assert.Equal(Bytes("CC00 0000 C400 84030000"), client.Ask(Read(Name("Limit"))));
        var motor = before.Single(tag => tag.Name is "Motor1");
        Assert.Equal(Bytes("8300 0500"), client.Ask(Request(0x03, $"206C 2500 {Low((uint)motor.Type & 0xFFF)}", "0100 0100")));
        var again = Browse(_device);
        Assert.Equal(before.Select(tag => tag.Name), again.Select(tag => tag.Name));
        Assert.Empty(before.Select(tag => tag.Id).Intersect(again.Select(tag => tag.Id)));
    }

    [Theory]
    [InlineData(nameof(ControllerMode.RemoteRun), "6030", "03")]
    [InlineData(nameof(ControllerMode.RemoteProgram), "7030", "03")]
    [InlineData(nameof(ControllerMode.Faulted), "7034", "04")]
    public void The_identity_tells_what_the_controller_does(string mode, string status, string state)
    {
        _device.Mode = Enum.Parse<ControllerMode>(mode);
        var client = new CipDialogue(_device);
        Assert.Equal(
            Bytes($"8100 0000 0100 0E00 0B01 210B {status} EEFFC000 0D 353036392D4C33333045522F41"),
            client.Ask(Request(0x01, "2001 2401", "")));
        Assert.Equal(Bytes($"8E00 0000 {state}"), client.Ask(Request(0x0E, "2001 2401 3008", "")));
        Assert.Equal(Bytes($"8300 0A00 0200 0500 0000 {status} 6300 1400"), client.Ask(Request(0x03, "2001 2401", "0200 0500 6300")));
    }

    private static string Low(uint value) => $"{value & 0xFF:X2}{(value >> 8) & 0xFF:X2}";

    private static List<(uint Id, string Name, ushort Type)> Browse(EtherNetIpDevice device, string scope = "")
    {
        var client = new CipDialogue(device);
        var tags = new List<(uint, string, ushort)>();
        uint next = 0;
        byte status;
        do
        {
            var reply = client.Ask(Request(0x55, $"{scope}206B 2500 {Low(next)}", "0200 0100 0200"));
            status = reply[2];
            for (var at = 4; at < reply.Length;)
            {
                var id = BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(at));
                int length = BinaryPrimitives.ReadUInt16LittleEndian(reply.AsSpan(at + 4));
                tags.Add((id, Encoding.ASCII.GetString(reply, at + 6, length), BinaryPrimitives.ReadUInt16LittleEndian(reply.AsSpan(at + 6 + length))));
                at += 8 + length;
                next = id + 1;
            }
        }
        while (status == 6);

        Assert.Equal(0, status);
        return tags;
    }
}
