namespace Sallyport.Modbus.Tests;

public sealed class ModbusExceptionCodeTests
{
    [Theory]
    [InlineData(1, 0x800B0000, "BadServiceUnsupported")]
    [InlineData(2, 0x80340000, "BadNodeIdUnknown")]
    [InlineData(3, 0x803C0000, "BadOutOfRange")]
    [InlineData(4, 0x808B0000, "BadDeviceFailure")]
    [InlineData(5, 0x80040000, "BadResourceUnavailable")]
    [InlineData(6, 0x80040000, "BadResourceUnavailable")]
    [InlineData(8, 0x808B0000, "BadDeviceFailure")]
    [InlineData(10, 0x808A0000, "BadNotConnected")]
    [InlineData(11, 0x80310000, "BadNoCommunication")]
    [InlineData(0, 0x808B0000, "BadDeviceFailure")]
    [InlineData(200, 0x808B0000, "BadDeviceFailure")]
    public void An_exception_has_its_opc_ua_status(byte code, uint status, string symbol)
    {
        var exception = new ModbusExceptionCode(code);
        Assert.Equal(status, exception.Status.Value);
        Assert.Equal(symbol, exception.Status.Symbol);
    }

    [Fact]
    public void The_code_of_the_device_is_kept_as_the_reason() => Assert.Equal("exception 200", new ModbusExceptionCode(200).ToString());

    [Theory]
    [InlineData(2, true, false, false)]
    [InlineData(3, true, false, false)]
    [InlineData(5, false, true, false)]
    [InlineData(6, false, true, false)]
    [InlineData(10, false, false, true)]
    [InlineData(11, false, false, true)]
    [InlineData(4, false, false, false)]
    public void What_can_be_done_about_it_is_known(byte code, bool divide, bool busy, bool unreachable)
    {
        var exception = new ModbusExceptionCode(code);
        Assert.Equal((divide, busy, unreachable), (exception.BlamesAddresses, exception.MeansBusy, exception.MeansUnreachable));
    }
}
