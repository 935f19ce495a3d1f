using System.Buffers.Binary;
using System.Text;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Fills one value of a structure by the names of its members.</summary>
/// <param name="memory">Memory of the tag.</param>
/// <param name="template">What the structure consists of.</param>
/// <param name="offset">Its first byte.</param>
internal sealed class StructureWriter(TagMemory memory, Template template, int offset)
{
    /// <summary>A whole number.</summary>
    public StructureWriter Integer(string member, long value, int index = 0)
    {
        ElementaryValue.Integer(Slot(member, index), value);
        return this;
    }

    /// <summary>A REAL or LREAL.</summary>
    public StructureWriter Real(string member, double value, int index = 0)
    {
        ElementaryValue.Real(Slot(member, index), value);
        return this;
    }

    /// <summary>A BOOL.</summary>
    public StructureWriter Bit(string member, bool value)
    {
        var place = template[member];
        memory.Image[offset + place.Offset] |= (byte)(value ? 1 << place.Bit : 0);
        return this;
    }

    /// <summary>A STRING.</summary>
    public StructureWriter Text(string member, string value, int index = 0)
    {
        Text(Slot(member, index), value);
        return this;
    }

    /// <summary>A structure within the structure.</summary>
    public StructureWriter Nested(string member, Action<StructureWriter> fill, int index = 0)
    {
        var place = template[member];
        fill(new(memory, place.Type.Template!, offset + place.Offset + (index * place.Type.Size)));
        return this;
    }

    /// <summary>A REAL that moves.</summary>
    public StructureWriter Living(string member, LivingValue value)
    {
        memory.Add(new LiveCell.Living(offset + template[member].Offset, sizeof(float), (cell, at) => ElementaryValue.Real(cell, value.At(at))));
        return this;
    }

    /// <summary>A DINT that never has the same value twice.</summary>
    public StructureWriter Unique(string member, PlantPoint point)
    {
        memory.Add(new LiveCell.Unique(offset + template[member].Offset, point));
        return this;
    }

    /// <summary>Writes a Logix STRING: length and characters.</summary>
    public static void Text(Span<byte> slot, string value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(slot, value.Length);
        Encoding.Latin1.GetBytes(value, slot[sizeof(int)..]);
    }

    private Span<byte> Slot(string member, int index)
    {
        var place = template[member];
        return memory.Image.Slice(offset + place.Offset + (index * place.Type.Size), place.Type.Size);
    }
}
