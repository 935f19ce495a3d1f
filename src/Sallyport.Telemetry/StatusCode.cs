using System.Globalization;

namespace Sallyport.Telemetry;

/// <summary>An OPC UA status code. The default is <see cref="Good"/>.</summary>
/// <param name="Value">The 32 bits; severity in the two highest.</param>
/// <remarks>OPC UA Part 4, 7.39; numbers from the OPC Foundation's StatusCode.csv.</remarks>
public readonly record struct StatusCode(uint Value)
{
    /// <summary>The value is what the device answered.</summary>
    public static StatusCode Good { get; }

    /// <summary>Whatever was updating this value has stopped doing so.</summary>
    public static StatusCode UncertainLastUsableValue { get; } = new(0x40900000);

    /// <summary>The device has the item but cannot give it now: Modbus exceptions 5 and 6, after the retry.</summary>
    public static StatusCode BadResourceUnavailable { get; } = new(0x80040000);

    /// <summary>What came back was not well formed: checksum, length, identifiers.</summary>
    public static StatusCode BadCommunicationError { get; } = new(0x80050000);

    /// <summary>No answer within the time limit.</summary>
    public static StatusCode BadTimeout { get; } = new(0x800A0000);

    /// <summary>The device does not know the function: Modbus exception 1.</summary>
    public static StatusCode BadServiceUnsupported { get; } = new(0x800B0000);

    /// <summary>A path to the device is missing: Modbus exception 11.</summary>
    public static StatusCode BadNoCommunication { get; } = new(0x80310000);

    /// <summary>Nothing has been read yet.</summary>
    public static StatusCode BadWaitingForInitialData { get; } = new(0x80320000);

    /// <summary>The device has no such address: Modbus exception 2.</summary>
    public static StatusCode BadNodeIdUnknown { get; } = new(0x80340000);

    /// <summary>The value is outside of what can be said (NaN, infinity), or the request was: Modbus exception 3.</summary>
    public static StatusCode BadOutOfRange { get; } = new(0x803C0000);

    /// <summary>The configuration of the point contradicts the device.</summary>
    public static StatusCode BadConfigurationError { get; } = new(0x80890000);

    /// <summary>The way to the device is closed: Modbus exception 10, connection refused, connection lost.</summary>
    public static StatusCode BadNotConnected { get; } = new(0x808A0000);

    /// <summary>The device reports a fault of its own: Modbus exceptions 4 and 8.</summary>
    public static StatusCode BadDeviceFailure { get; } = new(0x808B0000);

    /// <summary>The device says that it has no value: a number that its maker reserved for that.</summary>
    public static StatusCode BadNoData { get; } = new(0x809B0000);

    /// <summary>The two highest bits in words; the reserved fourth combination counts as bad.</summary>
    public Quality Severity => (Value >> 30) switch
    {
        0 => Quality.Good,
        1 => Quality.Uncertain,
        _ => Quality.Bad,
    };

    /// <summary>True if the severity is good.</summary>
    public bool IsGood => Severity == Quality.Good;

    /// <summary>The name in OPC UA, or the eight hexadecimal digits of a code that has none here: <c>0x80AB0000</c>.</summary>
    public string Symbol => Value switch
    {
        0 => nameof(Good),
        0x40900000 => nameof(UncertainLastUsableValue),
        0x80040000 => nameof(BadResourceUnavailable),
        0x80050000 => nameof(BadCommunicationError),
        0x800A0000 => nameof(BadTimeout),
        0x800B0000 => nameof(BadServiceUnsupported),
        0x80310000 => nameof(BadNoCommunication),
        0x80320000 => nameof(BadWaitingForInitialData),
        0x80340000 => nameof(BadNodeIdUnknown),
        0x803C0000 => nameof(BadOutOfRange),
        0x80890000 => nameof(BadConfigurationError),
        0x808A0000 => nameof(BadNotConnected),
        0x808B0000 => nameof(BadDeviceFailure),
        0x809B0000 => nameof(BadNoData),
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{Value:X8}"),
    };

    /// <inheritdoc/>
    public override string ToString() => Symbol;
}
