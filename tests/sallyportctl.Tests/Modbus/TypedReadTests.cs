using System.Text.Json;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus read --type</c>.</summary>
public sealed class TypedReadTests
{
    // facts 6.22, 6.23, 6.24
    [Theory]
    [InlineData("bool", "--bit 3", "0008", "true")]
    [InlineData("bool", "--bit 3 --order BA", "0008", "false")]
    [InlineData("int8High", "", "FE01", "-2")]
    [InlineData("int8Low", "", "01FE", "-2")]
    [InlineData("uint8High", "", "FE01", "254")]
    [InlineData("uint8Low", "", "01FE", "254")]
    [InlineData("int16", "", "FFFE", "-2")]
    [InlineData("uint16", "--order BA", "FEFF", "65534")]
    [InlineData("int32", "--order CDAB", "FFFE FFFF", "-2")]
    [InlineData("uint32", "--order DCBA", "0100 0000", "1")]
    [InlineData("int64", "--order GHEFCDAB", "FFFE FFFF FFFF FFFF", "-2")]
    [InlineData("uint64", "", "FFFF FFFF FFFF FFFF", "\"18446744073709551615\"")]
    [InlineData("float16", "", "3E00", "1.5")]
    [InlineData("float32", "--order BADC", "C03F 0000", "1.5")]
    [InlineData("float64", "--order HGFEDCBA", "0000 0000 0000 F83F", "1.5")]
    [InlineData("bcd16", "", "1234", "1234")]
    [InlineData("bcd32", "--order CDAB", "5678 1234", "12345678")]
    [InlineData("bcd64", "", "1234 5678 9012 3456", "1234567890123456")]
    [InlineData("string", "--registers 2", "4869 2100", "\"Hi!\"")]
    [InlineData("string", "--registers 2 --packing lowFirst", "6948 0021", "\"Hi!\"")]
    [InlineData("string", "--registers 3 --packing lowOnly", "0048 0069 0021", "\"Hi!\"")]
    [InlineData("string", "--registers 1 --encoding latin1", "B043", "\"°C\"")]
    [InlineData("string", "--registers 2 --encoding utf8", "C2B0 4320", "\"°C\"")]
    public async Task Every_type_of_the_configuration_can_be_read(string type, string options, string registers, string value)
    {
        PaperDevice device = PaperDevice.WithRegisters(7, [.. registers.Split(' ').Select(register => Convert.ToUInt16(register, 16))]);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync(
            ["modbus", "read", "192.0.2.10", "--address", "7", "--count", "1", "--json", "--type", type, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        JsonElement point = Assert.Single(JsonElement.Parse(bench.Output).GetProperty("points").EnumerateArray());
        Assert.Equal(
            (type, value, registers.Replace(" ", "", StringComparison.Ordinal)),
            (point.GetProperty("type").GetString(), point.GetProperty("value").GetRawText(), point.GetProperty("raw").GetString()));
    }

    [Fact]
    public void The_types_of_that_test_are_all_that_there_are() => Assert.Equal(
        Vocabulary.Types.Keys.Order(StringComparer.Ordinal),
        typeof(TypedReadTests).GetMethod(nameof(Every_type_of_the_configuration_can_be_read))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>()
            .Select(data => (string)data.Data[0]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Help_names_every_type_every_order_and_what_strings_need()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "--help"));
        string help = string.Join(' ', bench.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            (IEnumerable<string>)[.. Vocabulary.Types.Keys, .. Vocabulary.Orders16.Keys, .. Vocabulary.Orders.Keys, .. Vocabulary.Orders64.Keys, .. Vocabulary.Packings.Keys, .. Vocabulary.Encodings.Keys],
            word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_string_is_read_alone_unless_more_are_asked_for()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x4869, 0x2100, 0x486F, 0x0000);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--type", "string", "--registers", "2"));
        Golden.Match("read-string.txt", bench.Output);
        using var more = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await more.RunAsync("modbus", "read", "192.0.2.10", "--type", "string", "--registers", "2", "--count", "2", "--json"));
        Assert.Equal(["Hi!", "Ho"], JsonElement.Parse(more.Output).GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData("--bit 3", "--bit says how a value is read")]
    [InlineData("--order CDAB", "--type says it")]
    [InlineData("--type bool", "bit: A bool in a holdingRegister is one bit of it: say which, 0 (the least significant) to 15.")]
    [InlineData("--type bool --bit 16", "bit: 16 is not a whole number from 0 to 15.")]
    [InlineData("--type string", "registers: ")]
    [InlineData("--type float64 --order CDAB", "known are ABCDEFGH, ")]
    [InlineData("--type int16 --registers 2", "registers: Only a string has this.")]
    [InlineData("--type float33", "type: ")]
    public async Task What_does_not_go_together_is_refused_in_words_that_say_what_does(string options, string words)
    {
        using var bench = new Bench { Open = _ => new PaperDevice() };
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync(["modbus", "read", "192.0.2.10", .. options.Split(' ')]));
        Assert.Contains(words, bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_device_says_cannot_command_the_terminal()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x1B5B, 0x324A);
        using var bench = new Bench { Open = _ => device };
        await bench.RunAsync("modbus", "read", "192.0.2.10", "--type", "string", "--registers", "2");
        Assert.Contains(".[2J", bench.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001B", bench.Output, StringComparison.Ordinal);
    }
}
