namespace Sallyport.Modbus;

/// <summary>A request for what a device says of itself: function 43, MEI type 14.</summary>
/// <remarks>Modbus Application Protocol Specification V1.1b3, section 6.21.</remarks>
public sealed class IdentificationRequest : ModbusRequest
{
    /// <summary>The encapsulated interface that carries the identification.</summary>
    public const byte MeiType = 14;

    /// <summary>Creates a request.</summary>
    /// <param name="level">How much.</param>
    /// <param name="firstObject">The object to begin with: 0, or the one that the reply before named as the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public IdentificationRequest(IdentificationLevel level, byte firstObject)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)level, (int)IdentificationLevel.Basic, nameof(level));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)level, (int)IdentificationLevel.Extended, nameof(level));
        (Level, FirstObject) = (level, firstObject);
    }

    /// <summary>How much.</summary>
    public IdentificationLevel Level { get; }

    /// <summary>The level as the wire has it: 1, 2 or 3.</summary>
    public byte Code => (byte)((int)Level + 1);

    /// <summary>The object to begin with.</summary>
    public byte FirstObject { get; }

    /// <inheritdoc/>
    public override byte FunctionCode => 43;

    /// <inheritdoc/>
    public override int MaxReplyPduLength => MbapHeader.MaxPduLength;

    /// <summary>For example <c>Basic identification from object 0</c>.</summary>
    public override string ToString() => $"{Level} identification from object {FirstObject}";
}
