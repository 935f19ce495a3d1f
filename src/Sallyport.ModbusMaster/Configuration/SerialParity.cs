namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The parity bit of a serial line.</summary>
public enum SerialParity
{
    /// <summary>None. Common, and then often with one stop bit.</summary>
    None,

    /// <summary>Even: what the specification has as default.</summary>
    Even,

    /// <summary>Odd.</summary>
    Odd,
}
