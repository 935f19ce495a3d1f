using System.Runtime.InteropServices;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Device;

/// <summary>Opens serial ports.</summary>
internal static class SerialPort
{
    /// <summary>Opens and sets a port, for us alone.</summary>
    /// <exception cref="WireException">It is not there, not a serial port, or somebody else's.</exception>
    public static PolledWire Open(ModbusEndpoint.Serial endpoint)
    {
        int port = PosixCalls.Open(
            endpoint.Path, PosixCalls.ReadWrite | PosixCalls.NotControlling | PosixCalls.NonBlocking | PosixCalls.CloseOnExec);
        if (port < 0)
        {
            throw Failure();
        }

        if (PosixCalls.Control(port, PosixCalls.SetSettings, TerminalSettings.For(endpoint)) < 0
            || PosixCalls.Control(port, PosixCalls.SetExclusive, 0) < 0
            || PosixCalls.Lock(port, PosixCalls.LockExclusiveNow) < 0
            || PosixCalls.Control(port, PosixCalls.Flush, PosixCalls.BothQueues) < 0)
        {
            WireException failure = Failure();
            _ = PosixCalls.Close(port);
            throw failure;
        }

        return new PolledWire(port, () => GiveBack(port), () => _ = PosixCalls.Close(port));
    }

    /// <summary>Others may open it from now on, although it closes a moment later: a new plan for the same port does not wait for that.</summary>
    private static void GiveBack(int port)
    {
        _ = PosixCalls.Control(port, PosixCalls.SetShared, 0);
        _ = PosixCalls.Lock(port, PosixCalls.Unlock);
    }

    private static WireException Failure() => new(Marshal.GetLastPInvokeError() switch
    {
        PosixCalls.NoSuchFile or PosixCalls.NoSuchDevice or PosixCalls.NoDevice => "cannot open the port: it is not there",
        PosixCalls.NoPermission => "cannot open the port: no permission",
        PosixCalls.Busy or PosixCalls.TryAgain => "cannot open the port: another program uses it",
        PosixCalls.NotATerminal => "cannot open the port: it is no serial port",
        var error => $"cannot open the port: error {error}",
    });
}
