using Sallyport.Acquisition.Configuration;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>Which values the types of tags can have.</summary>
internal static class ValueShapes
{
    private static readonly (Int128 Min, Int128 Max) Bit = (0, 1);

    /// <summary>The values of a type that is known.</summary>
    public static ValueShape Of(CipDataType type) =>
        new(Vocabulary.WordFor(type), !CipDataTypes.IsText(type) && type is not CipDataType.Bool, RangeOf(type));

    /// <summary>The values of a single bit.</summary>
    public static ValueShape OfBit() => new(Vocabulary.WordFor(CipDataType.Bool), IsNumber: false, Bit);

    /// <summary>The values of a type that the controller is to say: what does not fit is found out with the first reply.</summary>
    /// <param name="isWhole">Whether the configuration takes it for a whole number.</param>
    public static ValueShape OfUnknown(bool isWhole) =>
        new(Vocabulary.UnknownType, IsNumber: true, isWhole ? (long.MinValue, ulong.MaxValue) : null);

    private static (Int128 Min, Int128 Max)? RangeOf(CipDataType type) => type switch
    {
        CipDataType.Bool => Bit,
        CipDataType.Sint => (sbyte.MinValue, sbyte.MaxValue),
        CipDataType.Int => (short.MinValue, short.MaxValue),
        CipDataType.Dint => (int.MinValue, int.MaxValue),
        CipDataType.Usint or CipDataType.Byte => (byte.MinValue, byte.MaxValue),
        CipDataType.Uint or CipDataType.Word => (ushort.MinValue, ushort.MaxValue),
        CipDataType.Udint or CipDataType.Dword => (uint.MinValue, uint.MaxValue),
        CipDataType.Ulint or CipDataType.Lword => (ulong.MinValue, ulong.MaxValue),
        CipDataType.Real or CipDataType.Lreal or CipDataType.String or CipDataType.ShortString or CipDataType.None => null,
        _ => (long.MinValue, long.MaxValue),
    };
}
