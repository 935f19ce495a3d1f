using System.Globalization;
using Sallyport.Acquisition;
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
            select new PointMetadata(
                point.Name,
                poll.Group,
                Vocabulary.WordFor(point.Format.Type),
                point.Address.Table.Name,
                point.Address.Address.ToString(CultureInfo.InvariantCulture))]);
}
