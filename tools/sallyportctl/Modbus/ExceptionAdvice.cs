using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus;

/// <summary>What a failed read means, and what to do about it.</summary>
internal static class ExceptionAdvice
{
    /// <summary>The failure in words.</summary>
    public static string WordsFor(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Refused refused => $"{refused.Code}: {NameOf(refused.Code.Value)}",
        ReadOutcome.TimedOut => "no answer in time",
        _ => ReadFailure.Of(outcome).Reason,
    };

    /// <summary>What to do about it.</summary>
    public static string For(ReadOutcome outcome, ReadRequest request) => outcome switch
    {
        ReadOutcome.Refused refused => ForCode(refused.Code.Value, request),
        ReadOutcome.TimedOut => "Something listens there and says nothing. Is the unit id right (a device that stands alone often has 1, 255 or 0)? "
            + "Does another program hold the only connection of the device? Behind a gateway: is its own time-out shorter than --timeout?",
        ReadOutcome.Unreachable => "Is the address right, is the device switched on, does a firewall let this machine through, "
            + "and is Modbus switched on in the device? Some allow one connection only, or only known addresses.",
        ReadOutcome.Broken => "What came back was not the answer to the question. Does another program read the same device, "
            + "or does a gateway mix up its replies? A longer --timeout helps when late replies are the reason.",
        _ => "",
    };

    // Modbus Application Protocol Specification V1.1b3, section 7.
    private static string NameOf(byte code) => code switch
    {
        1 => "illegal function",
        2 => "illegal data address",
        3 => "illegal data value",
        4 => "server device failure",
        5 => "acknowledge",
        6 => "server device busy",
        8 => "memory parity error",
        10 => "gateway path unavailable",
        11 => "gateway target device failed to respond",
        _ => "not in the specification",
    };

    private static string ForCode(byte code, ReadRequest request) => code switch
    {
        1 => $"The device does not know function {request.Table.FunctionCode}, which reads the table {request.Table}. "
            + $"Try --table {(request.Table.HoldsBits ? "discreteInput or coil" : "inputRegister or holdingRegister")}.",
        2 => "At least one of these addresses does not exist. Addresses count from 0 on the wire: what a manual calls 40101 or register 101 is 100. "
            + "Try one less, a smaller --count, or \"modbus scan\", which finds the readable ranges.",
        3 => "The device does not like the quantity. Many allow fewer than 125 registers in a request: try a smaller --count, and give the module the same limit.",
        4 or 8 => "The device has a fault of its own: look at its display or diagnosis.",
        5 or 6 => "The device is busy. Ask again later, and less often.",
        10 => "The gateway has no way to this unit id: look at its table of units and at the serial line that it uses.",
        11 => "The gateway waited for the unit in vain: is the unit id right, is the unit powered, do speed, parity, wiring and termination of the line fit?",
        _ => "The device's manual says what this code means.",
    };
}
