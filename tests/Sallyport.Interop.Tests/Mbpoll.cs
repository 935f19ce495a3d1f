using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests;

/// <summary>mbpoll (libmodbus) reads one value. It knows 16 and 32 bits in two word orders; of all others it gives the registers.</summary>
internal static partial class Mbpoll
{
    /// <summary>Reads a point of the peer.</summary>
    /// <param name="port">The peer's.</param>
    /// <param name="point">Its kind, width and members.</param>
    /// <returns>The value as text.</returns>
    public static async Task<string> ReadAsync(int port, JsonElement point)
    {
        JsonElement members = point.GetProperty("members");
        string table = members.GetProperty("table").GetString() switch { "coil" => "0", "discreteInput" => "1", "inputRegister" => "3", _ => "4" };
        string order = members.TryGetProperty("wordOrder", out JsonElement letters) ? letters.GetString()! : "";
        bool isBigEndian = order is "ABCD";
        int address = members.GetProperty("address").GetInt32();
        string kind = point.GetProperty("kind").GetString()!;
        switch (kind, order)
        {
            case ("bool", _):
                return (await RunAsync(port, table, address, 1, isBigEndian))[0];
            case ("float32", "ABCD" or "CDAB"):
                return (await RunAsync(port, $"{table}:float", address, 1, isBigEndian))[0];
            case ("int32", "ABCD" or "CDAB"):
                return (await RunAsync(port, $"{table}:int", address, 1, isBigEndian))[0];
            default:
                string[] registers = await RunAsync(port, $"{table}:hex", address, point.GetProperty("width").GetInt32(), bigEndianWords: false);
                return RegisterText.Of(Convert.FromHexString(string.Concat(registers.Select(register => register[2..]))), kind, order, members);
        }
    }

    private static async Task<string[]> RunAsync(int port, string type, int address, int count, bool bigEndianWords)
    {
        string output = await PeerProcess.RunAsync(
            "mbpoll",
            [
                "-m", "tcp", "-p", Text(port), "-a", Text(ModbusServerPeer.UnitId), "-0", "-q", "-1",
                "-r", Text(address), "-c", Text(count), "-t", type, .. bigEndianWords ? ["-B"] : Array.Empty<string>(), ModbusServerPeer.Address,
            ]);
        string[] values = [.. Value.Matches(output).Select(match => match.Groups["value"].Value)];
        Assert.True(values.Length == count, $"mbpoll said of {type} at {address}:\n{output}");
        return values;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\[\d+\]:\s+(?<value>\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value { get; }
}
