using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sallyport.Interop.Tests;

/// <summary>mbpoll (libmodbus) reads one value. It knows 16 and 32 bits in two word orders; of all others it gives the registers.</summary>
internal static partial class Mbpoll
{
    /// <summary>Reads a point of the peer.</summary>
    /// <param name="point">Its kind, width and members.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The value as text.</returns>
    public static async Task<string> ReadAsync(JsonElement point, CancellationToken cancellationToken)
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
                return (await RunAsync(table, address, 1, isBigEndian, cancellationToken))[0];
            case ("float32", "ABCD" or "CDAB"):
                return (await RunAsync($"{table}:float", address, 1, isBigEndian, cancellationToken))[0];
            case ("int32", "ABCD" or "CDAB"):
                return (await RunAsync($"{table}:int", address, 1, isBigEndian, cancellationToken))[0];
            default:
                string[] registers = await RunAsync($"{table}:hex", address, point.GetProperty("width").GetInt32(), bigEndianWords: false, cancellationToken);
                return RegisterText.Of(Convert.FromHexString(string.Concat(registers.Select(register => register[2..]))), kind, order, members);
        }
    }

    private static async Task<string[]> RunAsync(string type, int address, int count, bool bigEndianWords, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-m", "tcp", "-p", Text(ModbusServerPeer.Port), "-a", Text(ModbusServerPeer.UnitId), "-0", "-q", "-1",
            "-r", Text(address), "-c", Text(count), "-t", type, .. bigEndianWords ? ["-B"] : Array.Empty<string>(), ModbusServerPeer.Address,
        ];
        using Process process = Process.Start(new ProcessStartInfo("mbpoll", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        string[] values = [.. Value.Matches(output).Select(match => match.Groups["value"].Value)];
        Assert.True(values.Length == count, $"mbpoll {string.Join(' ', arguments)} said:\n{output}");
        return values;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\[\d+\]:\s+(?<value>\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value { get; }
}
