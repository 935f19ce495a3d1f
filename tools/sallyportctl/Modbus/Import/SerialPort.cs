using System.Globalization;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>A serial port as the twin writes it. The only place of the importers that knows how.</summary>
internal static class SerialPort
{
    private static readonly Dictionary<string, string> Parities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["N"] = "none",
        ["NONE"] = "none",
        ["O"] = "odd",
        ["ODD"] = "odd",
        ["E"] = "even",
        ["EVEN"] = "even",
    };

    /// <summary>Says that a line with 7 data bits cannot be read: RTU has 8.</summary>
    public static void CheckDataBits(TwinDraft draft, DocumentNode node, string key)
    {
        if (node.NumberOf(key) is not (null or 8))
        {
            draft.Lose(node.Find(key)!, "Modbus RTU has 8 data bits; a line with fewer carries Modbus ASCII, which is not read.");
        }
    }

    /// <summary>The endpoint; what was not given stays away, and is as the module has it.</summary>
    /// <param name="path">For example <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baud">Bits per second.</param>
    /// <param name="parity">In any of the usual words.</param>
    /// <param name="stopBits">1 or 2.</param>
    public static string Endpoint(string path, int? baud, string? parity, string? stopBits)
    {
        string?[] settings =
        [
            baud is null ? null : string.Create(CultureInfo.InvariantCulture, $"baud={baud}"),
            parity is null ? null : $"parity={Parities.GetValueOrDefault(parity, parity)}",
            stopBits is null ? null : $"stopBits={stopBits}",
        ];
        string query = string.Join('&', settings.OfType<string>());
        return $"modbus-rtu://{path}{(query.Length == 0 ? "" : "?")}{query}";
    }
}
