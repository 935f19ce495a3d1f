using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Interop.Tests;

/// <summary>mbpoll (libmodbus) reads one value. It knows two word orders; for the others it gives the registers, and the test puts their bytes in order.</summary>
internal static partial class Mbpoll
{
    public static async Task<double> ReadAsync(string table, int address, string type, string wordOrder, CancellationToken cancellationToken)
    {
        string tableNumber = table switch { "coil" => "0", "discreteInput" => "1", "inputRegister" => "3", _ => "4" };
        return (type, wordOrder) switch
        {
            ("bool", _) => (await RunAsync(tableNumber, address, 1, bigEndianWords: false, cancellationToken))[0],
            ("int16", _) => (short)(await RunAsync(tableNumber + ":hex", address, 1, false, cancellationToken))[0],
            ("uint16", _) => (await RunAsync(tableNumber + ":hex", address, 1, false, cancellationToken))[0],
            ("float32", "ABCD" or "CDAB") => (await RunAsync(tableNumber + ":float", address, 1, wordOrder is "ABCD", cancellationToken))[0],
            ("int32", "ABCD" or "CDAB") => (await RunAsync(tableNumber + ":int", address, 1, wordOrder is "ABCD", cancellationToken))[0],
            ("uint32", "ABCD" or "CDAB") => (uint)(int)(await RunAsync(tableNumber + ":int", address, 1, wordOrder is "ABCD", cancellationToken))[0],
            _ => FromRegisters(await RunAsync(tableNumber + ":hex", address, 2, false, cancellationToken), type, wordOrder),
        };
    }

    private static double FromRegisters(double[] registers, string type, string wordOrder)
    {
        // Both of these orders swap the bytes inside a register; DCBA swaps the registers too.
        (int high, int low) = wordOrder is "BADC" ? (0, 1) : (1, 0);
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(value, (ushort)registers[high]);
        BinaryPrimitives.WriteUInt16LittleEndian(value[2..], (ushort)registers[low]);
        return type switch
        {
            "float32" => BinaryPrimitives.ReadSingleBigEndian(value),
            "int32" => (double)BinaryPrimitives.ReadInt32BigEndian(value),
            _ => (double)BinaryPrimitives.ReadUInt32BigEndian(value),
        };
    }

    private static async Task<double[]> RunAsync(
        string type, int address, int count, bool bigEndianWords, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-m", "tcp", "-p", Text(ModbusServerPeer.Port), "-a", Text(ModbusServerPeer.UnitId), "-0", "-q", "-1",
            "-r", Text(address), "-c", Text(count), "-t", type, .. bigEndianWords ? ["-B"] : Array.Empty<string>(), ModbusServerPeer.Address,
        ];
        using Process process = Process.Start(new ProcessStartInfo("mbpoll", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        double[] values = [.. Value.Matches(output).Select(match => Parse(match.Groups["value"].Value))];
        Assert.True(values.Length == count, $"mbpoll {string.Join(' ', arguments)} said:\n{output}");
        return values;
    }

    private static double Parse(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? int.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\[\d+\]:\s+(?<value>\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value { get; }
}
