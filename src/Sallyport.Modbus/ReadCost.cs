namespace Sallyport.Modbus;

/// <summary>What reading costs: the time that it takes on the wire, in nanoseconds or any other unit that all three share.</summary>
/// <param name="Request">A request and its reply, without what they carry.</param>
/// <param name="Register">A register more in a reply.</param>
/// <param name="Bit">A bit more in a reply.</param>
public readonly record struct ReadCost(long Request, long Register, long Bit)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // Serial Line Protocol V1.02, section 2.5.1: start bit, 8 data bits, parity or a second stop bit, stop bit.
    private const int BitsPerCharacter = 11;

    // Unit, function, address, quantity and CRC of the request; unit, function, byte count and CRC of the reply.
    private const int SerialCharacters = 8 + 5;

    // Serial Line Protocol V1.02, section 2.5.1.1: 3.5 characters of silence, but 1.75 ms from 19200 Bd on; once before the request and once before the reply.
    private const int FastestComputedBaud = 19_200;
    private const long FixedSilence = 1_750_000;

    // Between a few and some tens of milliseconds pass in a device before it answers.
    private const long Turnaround = 5_000_000;

    /// <summary>For Modbus TCP, at 100 Mbit/s.</summary>
    /// <remarks>A request and its reply are two Ethernet frames of 78 bytes (preamble, gap, Ethernet, IP and TCP headers) around 12 and 9 bytes of Modbus: 177 bytes, as
    /// many as 88 registers. Half of that is taken, since a register that nobody asked for costs the device time too: a gap of up to 44 registers is cheaper than a
    /// request.</remarks>
    public static ReadCost ForTcp { get; } = new(Request: 44 * 160, Register: 160, Bit: 10);

    /// <summary>For RTU over a serial line: the characters of a request and its reply, the silence before each, and the time that the device takes.</summary>
    /// <param name="baud">Bits per second, at least 1.</param>
    public static ReadCost ForSerial(int baud)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baud, 1);
        long character = BitsPerCharacter * NanosecondsPerSecond / baud;
        long silence = baud > FastestComputedBaud ? FixedSilence : character * 7 / 2;
        return new ReadCost((SerialCharacters * character) + (2 * silence) + Turnaround, 2 * character, character / 8);
    }
}
