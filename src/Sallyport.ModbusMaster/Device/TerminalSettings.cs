using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>How a serial port is set: raw bytes, no flow control, any rate in plain numbers.</summary>
/// <remarks>The kernel's own <c>struct termios2</c> (asm-generic: x64, arm64 and arm), so that no C library stands in between.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct TerminalSettings
{
    private const uint IgnoreBreaks = 0x0001;
    private const uint EightBits = 0x0030;
    private const uint TwoStopBits = 0x0040;
    private const uint Receives = 0x0080;
    private const uint HasParity = 0x0100;
    private const uint IsOddParity = 0x0200;
    private const uint IgnoresModemLines = 0x0800;
    private const uint RateInNumbers = 0x1000;
    private const int MinBytes = 6;

    private uint _input;
    private uint _output;
    private uint _control;
    private uint _local;
    private byte _discipline;
    private Characters _characters;
    private uint _inputRate;
    private uint _outputRate;

    public static TerminalSettings For(ModbusEndpoint.Serial port)
    {
        uint parity = port.Parity switch
        {
            SerialParity.None => 0,
            SerialParity.Even => HasParity,
            _ => HasParity | IsOddParity,
        };
        uint stopBits = port.StopBits == 2 ? TwoStopBits : 0;
        var settings = new TerminalSettings
        {
            _input = IgnoreBreaks,
            _output = 0,
            _control = EightBits | Receives | IgnoresModemLines | RateInNumbers | parity | stopBits,
            _local = 0,
            _discipline = 0,
            _inputRate = (uint)port.Baud,
            _outputRate = (uint)port.Baud,
        };
        settings._characters[MinBytes] = 1;
        return settings;
    }

    [InlineArray(19)]
    private struct Characters
    {
        private byte _first;
    }
}
