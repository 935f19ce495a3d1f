using System.Globalization;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.IotEdgeModbus;

/// <summary>Addresses as manuals write them: five or six digits, the first says the table, and the rest counts from 1.</summary>
/// <remarks>Facts 6.16: <c>40001</c> and <c>400001</c> are the same register, whose address on the wire is 0; five digits end at <c>49999</c>.</remarks>
internal static class StartAddress
{
    /// <summary>Reads an address.</summary>
    /// <param name="text">For example <c>40001</c> or <c>400001</c>.</param>
    /// <param name="table">Its table.</param>
    /// <param name="address">Its address on the wire; beyond 65535 for a number that no register has.</param>
    public static bool TryParse(string text, out ModbusTable? table, out int address)
    {
        table = null;
        address = -1;
        if (text.Length is not (5 or 6) || !int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return false;
        }

        table = text[0] switch
        {
            '0' => ModbusTable.Coil,
            '1' => ModbusTable.DiscreteInput,
            '3' => ModbusTable.InputRegister,
            '4' => ModbusTable.HoldingRegister,
            _ => null,
        };
        address = number - 1;
        return table is not null && number > 0;
    }

    /// <summary>The address of a later register, written in the same way.</summary>
    public static string Next(string text, int steps) =>
        text[0] + (int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture) + steps).ToString(CultureInfo.InvariantCulture).PadLeft(text.Length - 1, '0');
}
