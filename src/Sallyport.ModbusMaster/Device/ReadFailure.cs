using System.Diagnostics;
using Sallyport.Modbus;
using Sallyport.Telemetry;

namespace Sallyport.ModbusMaster.Device;

/// <summary>What a bad point says about a read that brought no data.</summary>
/// <param name="Status">OPC UA status.</param>
/// <param name="Reason">A few words.</param>
public readonly record struct ReadFailure(StatusCode Status, string Reason)
{
    /// <summary>Puts an outcome in these terms.</summary>
    public static ReadFailure Of(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Refused refused => new(refused.Code.Status, refused.Code.ToString()),
        ReadOutcome.TimedOut => new(StatusCode.BadTimeout, "timeout"),
        ReadOutcome.Broken broken => new(StatusCode.BadCommunicationError, $"wrong {NameOf(broken.Fault)} in the reply"),
        ReadOutcome.Unreachable unreachable => new(StatusCode.BadNotConnected, unreachable.Reason),
        _ => throw new UnreachableException($"{outcome} is no failure."),
    };

    /// <summary>The field as metrics and reasons name it.</summary>
    public static string NameOf(ModbusFault fault) => fault switch
    {
        ModbusFault.ProtocolId => "protocol-id",
        ModbusFault.Length => "length",
        ModbusFault.TransactionId => "transaction-id",
        ModbusFault.UnitId => "unit-id",
        ModbusFault.FunctionCode => "function-code",
        ModbusFault.ByteCount => "byte-count",
        _ => "checksum",
    };
}
