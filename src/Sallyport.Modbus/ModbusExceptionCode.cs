using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Modbus;

/// <summary>Why a device refused a request. Any byte: devices use codes that the specification does not know.</summary>
/// <param name="Value">The exception code of the reply.</param>
/// <remarks>Modbus Application Protocol Specification V1.1b3, section 7.</remarks>
public readonly record struct ModbusExceptionCode(byte Value)
{
    private const byte IllegalFunction = 1;
    private const byte IllegalDataAddress = 2;
    private const byte IllegalDataValue = 3;
    private const byte ServerDeviceFailure = 4;
    private const byte Acknowledge = 5;
    private const byte ServerDeviceBusy = 6;
    private const byte MemoryParityError = 8;
    private const byte GatewayPathUnavailable = 10;
    private const byte GatewayTargetFailedToRespond = 11;

    /// <summary>Whether a request for fewer addresses may succeed where this one failed.</summary>
    public bool BlamesAddresses => Value is IllegalDataAddress or IllegalDataValue;

    /// <summary>Whether the device does not know the function, so that nothing in this table can be read.</summary>
    public bool BlamesFunction => Value is IllegalFunction;

    /// <summary>Whether the device is well and only has no time now.</summary>
    public bool MeansBusy => Value is Acknowledge or ServerDeviceBusy;

    /// <summary>Whether a gateway answered because the device behind it did not.</summary>
    public bool MeansUnreachable => Value is GatewayPathUnavailable or GatewayTargetFailedToRespond;

    /// <summary>The OPC UA status of a point that was refused so.</summary>
    public StatusCode Status => Value switch
    {
        IllegalFunction => StatusCode.BadServiceUnsupported,
        IllegalDataAddress => StatusCode.BadNodeIdUnknown,
        IllegalDataValue => StatusCode.BadOutOfRange,
        ServerDeviceFailure or MemoryParityError => StatusCode.BadDeviceFailure,
        Acknowledge or ServerDeviceBusy => StatusCode.BadResourceUnavailable,
        GatewayPathUnavailable => StatusCode.BadNotConnected,
        GatewayTargetFailedToRespond => StatusCode.BadNoCommunication,
        _ => StatusCode.BadDeviceFailure,
    };

    /// <summary>The reason that a bad point carries, for example <c>exception 2</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"exception {Value}");
}
