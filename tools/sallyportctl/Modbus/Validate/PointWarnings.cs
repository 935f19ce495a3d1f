using System.Globalization;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>Addresses that look like a slip of the pen.</summary>
internal static class PointWarnings
{
    private const int FirstHoldingInManuals = 40_001;
    private const int FirstInputInManuals = 30_001;
    private const int NumbersInManuals = 9_999;

    /// <summary>Those of one unit.</summary>
    public static IEnumerable<LocatedWarning> Of(UnitPlan unit)
    {
        PointPlan[] points =
        [
            .. unit.Polls.SelectMany(poll => poll.Points)
                .OrderBy(point => point.Address.Table.FunctionCode).ThenBy(point => point.Address.Address).ThenBy(point => point.Name, StringComparer.Ordinal),
        ];
        foreach (PointPlan point in points)
        {
            if (NumberInManuals(point.Address) is { } wire)
            {
                yield return new LocatedWarning(AddressOf(unit, point), string.Create(
                    CultureInfo.InvariantCulture,
                    $"{point.Address.Address} looks like the number that manuals give a {point.Address.Table}; on the wire its address would be {wire}."));
            }
        }

        foreach ((PointPlan before, PointPlan point) in points.Zip(points.Skip(1)))
        {
            bool isSameTable = ReferenceEquals(before.Address.Table, point.Address.Table);
            if (isSameTable && before.Address.Address < point.Address.Address && before.Address.Address + before.Address.Width > point.Address.Address)
            {
                yield return new LocatedWarning(AddressOf(unit, point), $"The value begins inside of {before.Name}, which takes {before.Address.Width} registers.");
            }
        }
    }

    // facts 6.16: 40001 is how manuals call the first holding register.
    private static int? NumberInManuals(PointAddress address)
    {
        int first = ReferenceEquals(address.Table, ModbusTable.HoldingRegister) ? FirstHoldingInManuals
            : ReferenceEquals(address.Table, ModbusTable.InputRegister) ? FirstInputInManuals
            : int.MaxValue;
        int number = address.Address - first;
        return number is >= 0 and < NumbersInManuals ? number : null;
    }

    private static string AddressOf(UnitPlan unit, PointPlan point) => $"/points/{unit.Name}/{point.Name}/address";
}
