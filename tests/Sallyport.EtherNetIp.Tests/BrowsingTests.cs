using System.Buffers.Binary;
using System.Text;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIp.Tests;

public sealed class BrowsingTests
{
    // Alarms: SINT host of two BOOLs, DINT, REAL[3], a nested structure[2], a string, BOOL[64].
    private static readonly StructureTemplate Inner = Template(0x111, "Inner", 8, ("Count", 0, 0x00C3, 0), ("Level", 0, 0x00CA, 4));

    private static readonly StructureTemplate Text = Template(0x0CE, "STRING", 88, ("LEN", 0, 0x00C4, 0), ("DATA", 82, 0x20C2, 4));

    private static readonly StructureTemplate Outer = Template(
        0x123,
        "Outer",
        152,
        ("ZZZZZZZZZZOuter0", 0, 0x00C2, 0),
        ("Running", 0, 0x00C1, 0),
        ("Faulted", 1, 0x00C1, 0),
        ("Total", 0, 0x00C4, 4),
        ("Speeds", 3, 0x20CA, 8),
        ("Parts", 2, 0xA111, 20),
        ("Label", 0, 0x80CE, 36),
        ("Flags", 2, 0x20D3, 124),
        ("", 0, 0x00C2, 150));

    private static readonly StructureLayout Layout =
        new(new[] { Inner, Text, Outer }.ToDictionary(template => template.Id));

    [Fact]
    public void The_tags_of_a_reply_are_read_in_the_order_asked()
    {
        byte[] data = [.. Entry(5, "Speed", 0x00CA, 1 << 26, [0, 0, 0], 0), .. Entry(9, "Recipe", 0xC123, 0, [4, 2, 0], 2), .. Entry(300, "Hidden", 0x00C4, 1 << 26, [0, 0, 0], 3)];
        List<SymbolEntry> entries = [];
        Assert.True(SymbolList.TryRead(data, SymbolList.Attributes, entries, out uint next));
        Assert.Equal(301U, next);
        Assert.Equal(["5 Speed False ReadWrite", "9 Recipe True ReadOnly", "300 Hidden False None"], entries.Select(one => $"{one.Instance} {one.Name} {one.IsAlias} {one.Access}"));
        Assert.Equal(CipDataType.Real, entries[0].Type.DataType);
        Assert.Equal((true, (ushort)0x123, 2), (entries[1].Type.IsStructure, entries[1].Type.Template, entries[1].Type.Dimensions));
        Assert.Equal([4U, 2U], entries[1].Dimensions);
    }

    [Fact]
    public void Older_firmware_is_not_asked_for_the_access()
    {
        byte[] entry = Entry(5, "Speed", 0x00CA, 1 << 26, [0, 0, 0], 0);
        List<SymbolEntry> entries = [];
        Assert.True(SymbolList.TryRead(entry.AsSpan(0, entry.Length - 1), SymbolList.AttributesWithoutAccess, entries, out _));
        Assert.Equal(ExternalAccess.Unknown, entries[0].Access);
    }

    [Fact]
    public void A_list_that_ends_too_early_or_goes_back_is_broken()
    {
        byte[] data = Entry(5, "Speed", 0x00CA, 0, [0, 0, 0], 0);
        for (int length = 1; length < data.Length; length++)
        {
            Assert.False(SymbolList.TryRead(data.AsSpan(0, length), SymbolList.Attributes, [], out _));
        }

        Assert.False(SymbolList.TryRead([.. data, .. data], SymbolList.Attributes, [], out _));
        Assert.False(SymbolList.TryRead(data, [99], [], out _));
    }

    // Facts 9.
    [Theory]
    [InlineData("Speed", 0x00C4, SymbolKind.Tag)]
    [InlineData("Program:Main", 0x1068, SymbolKind.Program)]
    [InlineData("Routine:Main", 0x106D, SymbolKind.Internal)]
    [InlineData("Task:Fast", 0x1070, SymbolKind.Internal)]
    [InlineData("__DEFVAL_00000456", 0x00C4, SymbolKind.Internal)]
    [InlineData("Local:1:I", 0x8123, SymbolKind.ModuleTag)]
    [InlineData("Drive:O", 0x8123, SymbolKind.ModuleTag)]
    [InlineData("Map:Local", 0x0069, SymbolKind.Internal)]
    [InlineData("Map:Local:I", 0x0069, SymbolKind.Internal)]
    [InlineData("Cxn:Standard:5a1b2c3d", 0x007E, SymbolKind.Internal)]
    [InlineData("System", 0x10C4, SymbolKind.Internal)]
    public void Only_what_can_be_read_is_a_tag(string name, int type, SymbolKind kind) =>
        Assert.Equal(kind, new SymbolEntry(1, name, new SymbolType((ushort)type), [], IsAlias: false, ExternalAccess.ReadWrite).Kind);

    [Fact]
    public void What_a_controller_says_of_a_definition_is_read()
    {
        const string Data = "0400" + "04000000" + "20000000" + "05000000" + "58000000" + "02000000" + "0200" + "01000000" + "CE0F";
        Assert.True(TemplateAttributes.TryRead(Convert.FromHexString(Data), out TemplateAttributes? attributes));
        Assert.Equal(new TemplateAttributes(DefinitionLength: 105, StructureSize: 88, MemberCount: 2, Handle: 0x0FCE), attributes);
        for (int length = 0; length < Data.Length / 2; length++)
        {
            Assert.False(TemplateAttributes.TryRead(Convert.FromHexString(Data).AsSpan(0, length), out _));
        }

        Assert.False(TemplateAttributes.TryRead(Convert.FromHexString(Data.Replace("04000000", "04000500", StringComparison.Ordinal)), out _));
        Assert.False(TemplateAttributes.TryRead(Convert.FromHexString(Data.Replace("20000000", "05000000", StringComparison.Ordinal)), out _));
    }

    [Fact]
    public void A_definition_is_read_with_its_names()
    {
        var attributes = new TemplateAttributes(105, 88, 2, 0x0FCE);
        byte[] definition = [.. Convert.FromHexString("0000C40000000000" + "5200C22004000000"), .. Encoding.ASCII.GetBytes("STRING;nEBECEAHA\0LEN\0DATA\0")];
        Assert.True(StructureTemplate.TryRead(0xCE, attributes, definition, out StructureTemplate? template));
        Assert.Equal(("STRING", 0x0FCE, 88, 82), (template!.Name, template.Handle, template.Size, template.StringCapacity));
        Assert.Equal(["LEN 0 0", "DATA 82 4"], template.Members.Select(member => $"{member.Name} {member.Elements} {member.Offset}"));
        Assert.False(StructureTemplate.TryRead(0xCE, attributes, definition.AsSpan(0, 15), out _));
        Assert.False(StructureTemplate.TryRead(0xCE, attributes with { StructureSize = 4 }, definition, out _));
        Assert.True(StructureTemplate.TryRead(0xCE, attributes, definition.AsSpan(0, definition.Length - 1), out StructureTemplate? cut));
        Assert.Equal(template.Members, cut!.Members);
    }

    [Theory]
    [InlineData("T.Running", 0, CipDataType.Sint, 0)]
    [InlineData("T.faulted", 0, CipDataType.Sint, 1)]
    [InlineData("T.Total", 4, CipDataType.Dint, -1)]
    [InlineData("T.Total.31", 4, CipDataType.Dint, 31)]
    [InlineData("T[7].Speeds[2]", 16, CipDataType.Real, -1)]
    [InlineData("T.Parts[1].Level", 32, CipDataType.Real, -1)]
    [InlineData("T.Parts[0].Count.15", 20, CipDataType.Int, 15)]
    [InlineData("T.Flags[37]", 128, CipDataType.Dword, 5)]
    [InlineData("T.Label.LEN", 36, CipDataType.Dint, -1)]
    [InlineData("T.Label.DATA[3]", 43, CipDataType.Sint, -1)]
    public void A_member_is_found_at_the_offset_of_the_controller(string name, int offset, CipDataType type, int bit) =>
        Assert.Equal(new MemberOutcome.Elementary(offset, type, bit), Layout.Locate(Outer, Name(name)));

    [Fact]
    public void A_string_is_found_as_a_whole()
    {
        Assert.Equal(new MemberOutcome.LogixString(36, 82), Layout.Locate(Outer, Name("T.Label")));
        Assert.Equal(new MemberOutcome.LogixString(0, 82), Layout.Locate(Text, Name("T")));
    }

    [Theory]
    [InlineData("T", "name one of its members")]
    [InlineData("T.Nothing", "no member Nothing")]
    [InlineData("T.ZZZZZZZZZZOuter0", "no member")]
    [InlineData("T.Total.X", "no members")]
    [InlineData("T.Total[1]", "leave the index out")]
    [InlineData("T.Total.32", "no bit 32")]
    [InlineData("T.Speeds", "within it")]
    [InlineData("T.Speeds[3]", "within it")]
    [InlineData("T.Speeds[1,1]", "within it")]
    [InlineData("T.Speeds[1].3", "no bit")]
    [InlineData("T.Parts", "within it")]
    [InlineData("T.Parts[2].Level", "within it")]
    [InlineData("T.Parts[1]", "name one of its members")]
    [InlineData("T.Running.1", "no bit 1")]
    [InlineData("T.Flags[64]", "within it")]
    [InlineData("T.Label.1", "name one of its members")]
    public void A_member_that_cannot_be_read_is_refused_with_what_to_do(string name, string words) =>
        Assert.Contains(words, Assert.IsType<MemberOutcome.Refused>(Layout.Locate(Outer, Name(name))).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_structure_that_nobody_knows_is_refused() => Assert.Equal(
        new MemberOutcome.Refused("the structure of Parts is not known"),
        new StructureLayout(new Dictionary<ushort, StructureTemplate>()).Locate(Outer, Name("T.Parts[1].Level")));

    private static TagName Name(string text) => Assert.IsType<TagNameOutcome.Parsed>(TagName.Parse(text)).Name;

    private static StructureTemplate Template(ushort id, string name, int size, params (string Name, ushort Info, int Type, int Offset)[] members) =>
        new(id, name, 0, size, [.. members.Select(one => new StructureMember(one.Name, new SymbolType((ushort)one.Type), one.Info, one.Offset))]);

    // Name, type, address, object address, software control, dimensions, access.
    private static byte[] Entry(uint instance, string name, ushort type, uint control, uint[] dimensions, byte access)
    {
        byte[] fields = new byte[4 + 2 + name.Length + 2 + 4 + 4 + 4 + 12 + 1];
        BinaryPrimitives.WriteUInt32LittleEndian(fields, instance);
        BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(4), (ushort)name.Length);
        Encoding.ASCII.GetBytes(name, fields.AsSpan(6));
        Span<byte> rest = fields.AsSpan(6 + name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, type);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[10..], control);
        for (int i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest[(14 + (4 * i))..], dimensions[i]);
        }

        fields[^1] = access;
        return fields;
    }
}
