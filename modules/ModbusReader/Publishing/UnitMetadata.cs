using System.Globalization;
using Sallyport.Acquisition;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Publishing;

/// <summary>What consumers must know about a unit's points to understand its frames.</summary>
internal static class UnitMetadata
{
    public static DeviceMetadata Of(UnitPlan unit, FrameAssembler assembler, string configurationHash) => new(
        unit.Name,
        unit.Connection.Endpoint.Protocol,
        assembler.Session,
        configurationHash,
        [.. from poll in unit.Polls
            from point in poll.Points
            select Of(poll.Group, point)]);

    private static PointMetadata Of(string group, PointPlan point) => new(
        point.Name,
        group,
        Vocabulary.WordFor(point.Format.Type),
        point.Address.Table.Name,
        Address(point),
        point.EngineeringUnit,
        point.Format.HasOrder ? point.Format.Order.Letters(point.Format.Width) : null,
        point.Transform.Scale,
        point.Transform.Offset);

    private static string Address(PointPlan point) => point.Format.Type is DataType.RegisterBit
        ? string.Create(CultureInfo.InvariantCulture, $"{point.Address.Address}.{point.Format.BitNumber}")
        : point.Address.Address.ToString(CultureInfo.InvariantCulture);
}
