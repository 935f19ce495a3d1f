namespace Sallyport.Modbus;

/// <summary>How the characters of a text lie in registers.</summary>
public enum CharacterPacking
{
    /// <summary>Two in each register, the first one in the more significant byte.</summary>
    HighFirst,

    /// <summary>Two in each register, the first one in the less significant byte.</summary>
    LowFirst,

    /// <summary>One in each register, in the more significant byte; the other one is ignored.</summary>
    HighOnly,

    /// <summary>One in each register, in the less significant byte; the other one is ignored.</summary>
    LowOnly,
}
