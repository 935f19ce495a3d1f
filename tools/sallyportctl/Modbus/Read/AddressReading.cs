using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Addresses as they are, in every meaning that they may have.</summary>
internal sealed class AddressReading(byte unitId, IReadOnlyList<AddressBlock> blocks) : IReading
{
    private static readonly ImmutableArray<string> BitColumns = [">Address", "Value"];

    private static readonly ImmutableArray<string> RegisterColumns =
        [">Address", "Hex", ">Unsigned", ">Signed", "Text", .. RegisterPair.Orders.Select(order => $">Float {order}")];

    /// <inheritdoc/>
    public ExitCode ExitCode => blocks.All(block => block.IsGood) ? ExitCode.Good : ExitCode.Problems;

    private bool IsOfBits => blocks[0].Request.Table.HoldsBits;

    /// <inheritdoc/>
    public ReportTable Table => new(
        $"Unit {unitId}, {blocks[0].Request.Table} {blocks[0].Request.Address} to {blocks[^1].Request.Address + blocks[^1].Request.Quantity - 1}",
        IsOfBits ? BitColumns : RegisterColumns,
        [.. blocks.Where(block => block.IsGood).SelectMany(block => IsOfBits ? BitRows(block) : RegisterRows(block))]);

    /// <inheritdoc/>
    public IEnumerable<string> Lines
    {
        get
        {
            if (!IsOfBits && OrderGuess.Of(blocks) is { } guess)
            {
                yield return guess;
            }

            foreach (AddressBlock block in blocks.Where(block => !block.IsGood))
            {
                yield return $"{block.Request}: {ExceptionAdvice.WordsFor(block.Outcome)}. {ExceptionAdvice.For(block.Outcome, block.Request)}";
            }
        }
    }

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (blocks.Any(block => block.IsGood))
        {
            screen.Table(Table);
        }

        foreach (string line in Lines)
        {
            screen.Line(line);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("unitId", unitId);
        json.WriteString("table", blocks[0].Request.Table.Name);
        json.WriteStartArray("addresses");
        foreach (AddressBlock block in blocks.Where(block => block.IsGood))
        {
            for (int i = 0; i < block.Request.Quantity; i++)
            {
                WriteAddress(json, block, i);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach (AddressBlock block in blocks.Where(block => !block.IsGood))
        {
            json.WriteStartObject();
            json.WriteNumber("address", block.Request.Address);
            json.WriteNumber("count", block.Request.Quantity);
            json.WriteString("reason", ExceptionAdvice.WordsFor(block.Outcome));
            json.WriteString("advice", ExceptionAdvice.For(block.Outcome, block.Request));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool BitAt(AddressBlock block, int offset) => (block.Data.Span[offset / 8] & (1 << (offset % 8))) != 0;

    private static ushort RegisterAt(AddressBlock block, int offset) => BinaryPrimitives.ReadUInt16BigEndian(block.Data.Span[(offset * 2)..]);

    // Pairs are counted from the first address that was asked for: floats usually lie side by side from there.
    private static bool HasPairAt(AddressBlock block, int offset) => offset % 2 == 0 && offset + 1 < block.Request.Quantity;

    private static IEnumerable<ImmutableArray<string>> BitRows(AddressBlock block) =>
        Enumerable.Range(0, block.Request.Quantity).Select(i => ImmutableArray.Create(Number(block.Request.Address + i), BitAt(block, i) ? "1" : "0"));

    private static IEnumerable<ImmutableArray<string>> RegisterRows(AddressBlock block)
    {
        for (int i = 0; i < block.Request.Quantity; i++)
        {
            int offset = i;
            ushort register = RegisterAt(block, i);
            yield return
            [
                Number(block.Request.Address + i), $"{register:X4}", Number(register), Number((short)register), Characters(register),
                .. RegisterPair.Orders.Select(order => HasPairAt(block, offset) ? RegisterPair.TextOf(RegisterPair.FloatAt(block.Data.Span, offset, order)) : ""),
            ];
        }
    }

    private static string Characters(ushort register) => $"{Character(register >> 8)}{Character(register & 0xFF)}";

    private static char Character(int code) => code is >= ' ' and <= '~' ? (char)code : '.';

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteAddress(Utf8JsonWriter json, AddressBlock block, int offset)
    {
        json.WriteStartObject();
        json.WriteNumber("address", block.Request.Address + offset);
        if (block.Request.Table.HoldsBits)
        {
            json.WriteBoolean("value", BitAt(block, offset));
            json.WriteEndObject();
            return;
        }

        ushort register = RegisterAt(block, offset);
        json.WriteString("hex", $"{register:X4}");
        json.WriteNumber("unsigned", register);
        json.WriteNumber("signed", (short)register);
        if (HasPairAt(block, offset))
        {
            json.WriteStartObject("float32");
            foreach (string order in RegisterPair.Orders)
            {
                WriteFloat(json, order, RegisterPair.FloatAt(block.Data.Span, offset, order));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFloat(Utf8JsonWriter json, string order, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumber(order, value);
        }
        else
        {
            json.WriteNull(order);
        }
    }
}
