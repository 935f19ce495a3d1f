namespace Sallyport.Telemetry.Tests;

/// <summary>OPC UA status codes by number and name.</summary>
public sealed class StatusCodeTests
{
    [Theory]
    [InlineData(0x00000000, "Good", Quality.Good)]
    [InlineData(0x40900000, "UncertainLastUsableValue", Quality.Uncertain)]
    [InlineData(0x80040000, "BadResourceUnavailable", Quality.Bad)]
    [InlineData(0x80050000, "BadCommunicationError", Quality.Bad)]
    [InlineData(0x800A0000, "BadTimeout", Quality.Bad)]
    [InlineData(0x800B0000, "BadServiceUnsupported", Quality.Bad)]
    [InlineData(0x80310000, "BadNoCommunication", Quality.Bad)]
    [InlineData(0x80320000, "BadWaitingForInitialData", Quality.Bad)]
    [InlineData(0x80340000, "BadNodeIdUnknown", Quality.Bad)]
    [InlineData(0x803C0000, "BadOutOfRange", Quality.Bad)]
    [InlineData(0x80890000, "BadConfigurationError", Quality.Bad)]
    [InlineData(0x808A0000, "BadNotConnected", Quality.Bad)]
    [InlineData(0x808B0000, "BadDeviceFailure", Quality.Bad)]
    [InlineData(0x809B0000, "BadNoData", Quality.Bad)]
    [InlineData(0xC0000000, "0xC0000000", Quality.Bad)]
    [InlineData(0x00A60000, "0x00A60000", Quality.Good)]
    public void A_code_has_a_symbol_and_a_severity(uint value, string symbol, Quality severity)
    {
        var code = new StatusCode(value);

        Assert.Equal(symbol, code.Symbol);
        Assert.Equal(symbol, code.ToString());
        Assert.Equal(severity, code.Severity);
        Assert.Equal(severity == Quality.Good, code.IsGood);
    }

    [Fact]
    public void Every_named_code_has_the_symbol_of_its_name()
    {
        var named = typeof(StatusCode).GetProperties().Where(property => property.PropertyType == typeof(StatusCode)).ToArray();

        Assert.Equal(14, named.Length);
        Assert.All(named, property => Assert.Equal(property.Name, ((StatusCode)property.GetValue(null)!).Symbol));
    }
}
