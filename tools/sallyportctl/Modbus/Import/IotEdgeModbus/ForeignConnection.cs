using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import.IotEdgeModbus;

/// <summary>What <c>SlaveConnection</c> means: an address, or the name of a serial port.</summary>
internal static class ForeignConnection
{
    /// <summary>The connection as the twin has it.</summary>
    /// <param name="slave">Where its further keys are.</param>
    /// <param name="connection">The value.</param>
    public static JsonObject Of(DocumentNode slave, string connection)
    {
        if (IsSerial(connection))
        {
            string path = connection.StartsWith('/') ? connection : $"/dev/{connection}";
            return new JsonObject
            {
                ["endpoint"] = SerialPort.Endpoint(path, slave.NumberOf("BaudRate"), slave.TextOf("Parity"), slave.TextOf("StopBits")),
            };
        }

        string port = slave.NumberOf("TcpPort") is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        return new JsonObject { ["endpoint"] = $"modbus-tcp://{connection}{port}" };
    }

    private static bool IsSerial(string connection) =>
        connection.StartsWith("tty", StringComparison.Ordinal)
        || connection.StartsWith('/')
        || connection.StartsWith("COM", StringComparison.OrdinalIgnoreCase);
}
