using System.Text;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Finds what a path of names, instances and indexes leads to.</summary>
internal static class TagPath
{
    /// <summary>The symbol object.</summary>
    public const uint SymbolClass = 0x6B;

    private const int LongestName = byte.MaxValue;

    /// <summary>Finds the tag and the part of it that a path names.</summary>
    /// <param name="device">Whose tags.</param>
    /// <param name="path">The whole path.</param>
    /// <param name="location">Where it leads.</param>
    /// <returns>Success, or why it leads nowhere.</returns>
    public static CipStatus Find(EtherNetIpDevice device, ReadOnlySpan<byte> path, out TagLocation location)
    {
        location = default;
        var reader = new PathReader(path);
        var status = FindSymbol(device, ref reader, out var symbol);
        if (status != CipStatus.Success)
        {
            return status;
        }

        return symbol is { Memory: { } memory, Type: { } type }
            ? symbol.Access is ExternalAccess.None ? CipStatus.PrivilegeViolation : Walk(ref reader, memory, type, symbol.Dimensions, out location)
            : CipStatus.PathSegmentError;
    }

    /// <summary>Finds the scope that a path begins with.</summary>
    /// <param name="device">Whose tags.</param>
    /// <param name="reader">Behind the first segment.</param>
    /// <param name="segment">The first segment; then the first one behind the scope.</param>
    public static SymbolScope? FindScope(EtherNetIpDevice device, ref PathReader reader, ref Segment segment)
    {
        if (segment.Kind is not SegmentKind.Symbol || !segment.Text.StartsWith("Program:"u8))
        {
            return device.Symbols.Controller;
        }

        Span<char> name = stackalloc char[LongestName];
        var scope = device.Symbols.FindProgram(Text(segment, name));
        return scope is not null && reader.TryNext(out segment) ? scope : null;
    }

    private static CipStatus FindSymbol(EtherNetIpDevice device, ref PathReader reader, out Symbol? symbol)
    {
        symbol = null;
        if (!reader.TryNext(out var segment) || FindScope(device, ref reader, ref segment) is not { } scope)
        {
            return CipStatus.PathSegmentError;
        }

        if (segment.Kind is SegmentKind.Symbol)
        {
            Span<char> name = stackalloc char[LongestName];
            symbol = scope.Find(Text(segment, name));
            return symbol is null ? CipStatus.PathSegmentError : CipStatus.Success;
        }

        if (segment is not { Kind: SegmentKind.ClassId, Number: SymbolClass } || !reader.TryNext(out segment) || segment.Kind is not SegmentKind.InstanceId)
        {
            return CipStatus.PathSegmentError;
        }

        if (!device.Traits.KnowsInstanceAddressing)
        {
            return CipStatus.ServiceNotSupported;
        }

        symbol = scope.Find(segment.Number) is { IsAlias: false } found ? found : null;
        return symbol is null ? CipStatus.PathDestinationUnknown : CipStatus.Success;
    }

    private static CipStatus Walk(ref PathReader reader, TagMemory memory, TagType type, int[] dimensions, out TagLocation location)
    {
        location = default;
        var (offset, index, indexes) = (0, 0, 0);
        int? bit = null;
        Span<char> name = stackalloc char[LongestName];
        while (reader.TryNext(out var segment))
        {
            if (segment.Kind is SegmentKind.ElementId)
            {
                if (indexes == dimensions.Length)
                {
                    return CipStatus.PathSegmentError;
                }

                if (segment.Number >= dimensions[indexes])
                {
                    return CipStatus.PathDestinationUnknown;
                }

                index = (index * dimensions[indexes++]) + (int)segment.Number;
                continue;
            }

            if (segment.Kind is not SegmentKind.Symbol || indexes != dimensions.Length || type.Template?.Find(Text(segment, name)) is not { } member)
            {
                return CipStatus.PathSegmentError;
            }

            if (member.Access is ExternalAccess.None)
            {
                return CipStatus.PrivilegeViolation;
            }

            offset += (index * type.Size) + member.Offset;
            (type, dimensions, index, indexes) = (member.Type, member.Dimensions, 0, 0);
            bit = member.Type == TagType.Bool ? member.Bit : null;
        }

        if (indexes != 0 && indexes != dimensions.Length)
        {
            return CipStatus.PathSegmentError;
        }

        location = new(memory, type, offset + (index * type.Size), Count(dimensions) - index, bit);
        return type.Template is { IsDenied: true } ? CipStatus.PrivilegeViolation : CipStatus.Success;
    }

    private static int Count(int[] dimensions)
    {
        var count = 1;
        foreach (var dimension in dimensions)
        {
            count *= dimension;
        }

        return count;
    }

    private static ReadOnlySpan<char> Text(Segment segment, Span<char> into) => into[..Encoding.Latin1.GetChars(segment.Text, into)];
}
