namespace Sallyport.Telemetry;

/// <summary>What a <see cref="PointValue"/> holds.</summary>
public enum PointValueKind
{
    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number of up to 64 bits with sign.</summary>
    SignedInteger,

    /// <summary>A whole number of up to 64 bits without sign.</summary>
    UnsignedInteger,

    /// <summary>IEEE 754 binary32.</summary>
    SinglePrecision,

    /// <summary>IEEE 754 binary64.</summary>
    DoublePrecision,

    /// <summary>Text; also what an integer beyond 2^53 is read back as.</summary>
    Text,
}
