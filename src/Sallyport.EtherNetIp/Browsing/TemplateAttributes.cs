using System.Collections.Immutable;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>What a controller says of the definition of a structure before it gives it.</summary>
/// <param name="DefinitionLength">Length of what is to be read, in bytes.</param>
/// <param name="StructureSize">Size of a value, in bytes.</param>
/// <param name="MemberCount">How many members it has, hidden ones included.</param>
/// <param name="Handle">What replies carry in front of a value.</param>
public sealed record TemplateAttributes(ushort DefinitionLength, uint StructureSize, ushort MemberCount, ushort Handle)
{
    /// <summary>The class of definitions.</summary>
    public const ushort TemplateClass = 0x6C;

    private const ushort HandleId = 1;
    private const ushort MemberCountId = 2;
    private const ushort DefinitionSizeId = 4;
    private const ushort StructureSizeId = 5;

    // The size counts words of 32 bits, with a header that is not part of what is read.
    private const int BytesPerWord = 4;
    private const int HeaderSize = 23;

    /// <summary>What is asked for.</summary>
    public static ImmutableArray<ushort> Attributes { get; } = [DefinitionSizeId, StructureSizeId, MemberCountId, HandleId];

    /// <summary>The path to a definition.</summary>
    public static CipPath PathOf(ushort template) => new CipPathBuilder().Class(TemplateClass).WideInstance(template).Build();

    /// <summary>Reads the data of the reply to Get_Attribute_List.</summary>
    /// <returns>False if it is broken, if an attribute is missing, or if the sizes cannot be.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out TemplateAttributes? attributes)
    {
        var reader = new ByteReader(data);
        attributes = null;
        (uint words, uint structureSize, ushort memberCount, ushort handle) = (0, 0, 0, 0);
        if (!reader.TryReadUInt16(out ushort count))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt16(out ushort id) || !reader.TryReadUInt16(out ushort status) || status != 0)
            {
                return false;
            }

            bool isRead = id switch
            {
                DefinitionSizeId => reader.TryReadUInt32(out words),
                StructureSizeId => reader.TryReadUInt32(out structureSize),
                MemberCountId => reader.TryReadUInt16(out memberCount),
                HandleId => reader.TryReadUInt16(out handle),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        long length = ((long)words * BytesPerWord) - HeaderSize;
        if (length is <= 0 or > ushort.MaxValue || structureSize is 0 or > int.MaxValue || memberCount == 0)
        {
            return false;
        }

        attributes = new TemplateAttributes((ushort)length, structureSize, memberCount, handle);
        return true;
    }
}
