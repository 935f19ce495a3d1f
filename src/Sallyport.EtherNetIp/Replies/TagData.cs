using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Replies;

/// <summary>The value, or a part of it, in a reply to Read Tag and Read Tag Fragmented.</summary>
public readonly ref struct TagData
{
    /// <summary>The number in front of a structure; its handle follows.</summary>
    public const ushort StructureType = 0x02A0;

    /// <summary>What is in front of the value of a structure, in bytes: the type and the handle.</summary>
    public const int MaxPrefixSize = 4;

    private const int TypeSize = sizeof(ushort);

    private TagData(ushort typeCode, ushort structureHandle, ReadOnlySpan<byte> bytes)
    {
        TypeCode = typeCode;
        StructureHandle = structureHandle;
        Bytes = bytes;
    }

    /// <summary>The type: a <see cref="Types.CipDataType"/>, or <see cref="StructureType"/>, or another number.</summary>
    public ushort TypeCode { get; }

    /// <summary>Which structure it is; 0 if it is none.</summary>
    public ushort StructureHandle { get; }

    /// <summary>Whether it is a structure.</summary>
    public bool IsStructure => TypeCode == StructureType;

    /// <summary>The value, in the buffer of the reply.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Reads the data of a reply.</summary>
    /// <returns>False if it ends before the value begins.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out TagData tag)
    {
        tag = default;
        if (data.Length < TypeSize)
        {
            return false;
        }

        ushort type = BinaryPrimitives.ReadUInt16LittleEndian(data);
        if (type != StructureType)
        {
            tag = new TagData(type, 0, data[TypeSize..]);
            return true;
        }

        if (data.Length < MaxPrefixSize)
        {
            return false;
        }

        tag = new TagData(type, BinaryPrimitives.ReadUInt16LittleEndian(data[TypeSize..]), data[MaxPrefixSize..]);
        return true;
    }

    internal static TagData Of(ushort typeCode, ushort structureHandle, ReadOnlySpan<byte> bytes) => new(typeCode, structureHandle, bytes);
}
