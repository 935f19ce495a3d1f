namespace Sallyport.EtherNetIp.Types;

/// <summary>What is known of the elementary types.</summary>
public static class CipDataTypes
{
    /// <summary>Size of one element, in bytes; 0 for texts, whose size is in front of each, and for what is no elementary type.</summary>
    public static int SizeOf(CipDataType type) => type switch
    {
        CipDataType.Bool or CipDataType.Sint or CipDataType.Usint or CipDataType.Byte => 1,
        CipDataType.Int or CipDataType.Uint or CipDataType.Word or CipDataType.Date => 2,
        CipDataType.Dint or CipDataType.Udint or CipDataType.Real or CipDataType.Dword or CipDataType.Stime
            or CipDataType.TimeOfDay or CipDataType.Ftime or CipDataType.Time => 4,
        CipDataType.Lint or CipDataType.Ulint or CipDataType.Lreal or CipDataType.Lword or CipDataType.DateAndTime
            or CipDataType.Ltime or CipDataType.LongTime => 8,
        _ => 0,
    };

    /// <summary>Size of one element as a reply has it: two types are wider on some controllers.</summary>
    /// <param name="type">The type in the reply.</param>
    /// <param name="length">Length of the whole value, in bytes.</param>
    /// <param name="elements">How many elements it has.</param>
    public static int SizeOf(CipDataType type, int length, int elements) =>
        type is CipDataType.Stime or CipDataType.Date && length == (long)elements * SizeOf(type) * 2 ? SizeOf(type) * 2 : SizeOf(type);

    /// <summary>Whether single bits of it can be meant.</summary>
    public static bool HasBits(CipDataType type) => type
        is (>= CipDataType.Sint and <= CipDataType.Ulint) or (>= CipDataType.Byte and <= CipDataType.Lword);

    /// <summary>Whether it is a text.</summary>
    public static bool IsText(CipDataType type) => type is CipDataType.String or CipDataType.ShortString;

    /// <summary>Its name as controllers' tools write it, or null if this is no elementary type.</summary>
    public static string? NameOf(CipDataType type) => type switch
    {
        CipDataType.None => null,
        CipDataType.TimeOfDay => "TIME_OF_DAY",
        CipDataType.DateAndTime => "DATE_AND_TIME",
        CipDataType.ShortString => "SHORT_STRING",
        CipDataType.LongTime => "LTIME",
        _ => Enum.GetName(type)?.ToUpperInvariant(),
    };
}
