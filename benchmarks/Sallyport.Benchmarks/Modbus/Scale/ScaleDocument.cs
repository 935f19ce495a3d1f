using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>The work of the scale run: 10 connections, 10 units behind each, 1,000 binary32 values in each, once a second.</summary>
internal static class ScaleDocument
{
    public const int Connections = 10;
    public const int UnitsPerConnection = 10;
    public const int RegistersPerUnit = 2 * PointsPerUnit;
    public const int FirstPort = 15100;
    public const int ValuesPerSecond = Connections * UnitsPerConnection * PointsPerUnit;

    private const int PointsPerUnit = 1000;
    private const string PointsFile = "points.csv";

    /// <summary>Writes the document and its points file into a folder that is to be the module's data folder.</summary>
    /// <returns>The file that the module is told.</returns>
    public static string Write(string dataFolder)
    {
        byte[] table = Encoding.UTF8.GetBytes(Table());
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(dataFolder, "points")).FullName, PointsFile), table);
        string file = Path.Combine(dataFolder, "desired.json");
        File.WriteAllText(file, new JsonObject
        {
            ["connections"] = new JsonObject(Enumerable.Range(0, Connections).Select(connection => KeyValuePair.Create<string, JsonNode?>(
                Name("c", connection), new JsonObject { ["endpoint"] = $"modbus-tcp://{ModbusServer.Address}:{Number(FirstPort + connection)}" }))),
            ["units"] = new JsonObject(Units().Select(unit => KeyValuePair.Create<string, JsonNode?>(
                unit.Name, new JsonObject { ["connection"] = Name("c", unit.Connection), ["unitId"] = unit.Id }))),
            ["groups"] = new JsonObject { ["all"] = new JsonObject { ["intervalMs"] = 1000 } },
            ["pointsFile"] = new JsonObject { ["path"] = PointsFile, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(table)) },
        }.ToJsonString());
        return file;
    }

    private static IEnumerable<(string Name, int Connection, int Id)> Units() =>
        from connection in Enumerable.Range(0, Connections)
        from id in Enumerable.Range(1, UnitsPerConnection)
        select (Name("u", (connection * UnitsPerConnection) + id), connection, id);

    private static string Table()
    {
        var table = new StringBuilder("device,name,group,table,address,type\n");
        foreach ((string unit, _, _) in Units())
        {
            for (int i = 0; i < PointsPerUnit; i++)
            {
                table.Append(CultureInfo.InvariantCulture, $"{unit},value-{i:D4},all,holdingRegister,{2 * i},float32\n");
            }
        }

        return table.ToString();
    }

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D3}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
