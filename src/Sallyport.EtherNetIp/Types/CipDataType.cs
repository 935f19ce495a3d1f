namespace Sallyport.EtherNetIp.Types;

/// <summary>The elementary types.</summary>
/// <remarks>CIP Volume 1, section C-6; the numbers are those in a reply.</remarks>
public enum CipDataType
{
    /// <summary>No elementary type.</summary>
    None = 0x00,

    /// <summary>True or false, one byte: true is 1 or 255.</summary>
    Bool = 0xC1,

    /// <summary>8 bits with sign.</summary>
    Sint = 0xC2,

    /// <summary>16 bits with sign.</summary>
    Int = 0xC3,

    /// <summary>32 bits with sign.</summary>
    Dint = 0xC4,

    /// <summary>64 bits with sign.</summary>
    Lint = 0xC5,

    /// <summary>8 bits without sign.</summary>
    Usint = 0xC6,

    /// <summary>16 bits without sign.</summary>
    Uint = 0xC7,

    /// <summary>32 bits without sign.</summary>
    Udint = 0xC8,

    /// <summary>64 bits without sign.</summary>
    Ulint = 0xC9,

    /// <summary>IEEE 754 binary32.</summary>
    Real = 0xCA,

    /// <summary>IEEE 754 binary64.</summary>
    Lreal = 0xCB,

    /// <summary>Synchronous time; 64 bits (LDT) on newer Logix controllers.</summary>
    Stime = 0xCC,

    /// <summary>Days, 16 bits; milliseconds, 32 bits, on a Micro800.</summary>
    Date = 0xCD,

    /// <summary>Milliseconds since midnight.</summary>
    TimeOfDay = 0xCE,

    /// <summary>A time stamp of 64 bits.</summary>
    DateAndTime = 0xCF,

    /// <summary>Characters behind their number, 16 bits.</summary>
    String = 0xD0,

    /// <summary>8 bits.</summary>
    Byte = 0xD1,

    /// <summary>16 bits.</summary>
    Word = 0xD2,

    /// <summary>32 bits; also what an array of BOOL consists of.</summary>
    Dword = 0xD3,

    /// <summary>64 bits.</summary>
    Lword = 0xD4,

    /// <summary>A duration in microseconds, 32 bits (FTIME, TIME32).</summary>
    Ftime = 0xD6,

    /// <summary>A duration in microseconds, 64 bits.</summary>
    Ltime = 0xD7,

    /// <summary>Characters behind their number, 8 bits: the string of a Micro800.</summary>
    ShortString = 0xDA,

    /// <summary>A duration in milliseconds, 32 bits.</summary>
    Time = 0xDB,

    /// <summary>A duration in nanoseconds, 64 bits, on newer Logix controllers.</summary>
    LongTime = 0xDF,
}
