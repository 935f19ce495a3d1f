using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Asking a device who it is.</summary>
public sealed class IdentifyTests
{
    private const int TestLimit = 30_000;

    private static readonly byte[] Vendor = [0, 3, (byte)'A', (byte)'B', (byte)'C'];
    private static readonly byte[] Product = [1, 1, (byte)'P'];
    private static readonly byte[] Model = [5, 1, (byte)'M'];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestLimit)]
    public async Task All_parts_are_put_together()
    {
        await using var device = new IdentifiedDevice(request => (request[9], request[10]) switch
        {
            (1, 0) => [0x2B, 0x0E, 1, 0x82, 0xFF, 1, 1, .. Vendor],
            (1, 1) => [0x2B, 0x0E, 1, 0x82, 0, 0, 1, .. Product],
            (2, 0) => [0x2B, 0x0E, 2, 0x82, 0, 0, 2, .. Product, .. Model],
            _ => [0xAB, 2],
        });
        IdentifyOutcome outcome = await device.Master.IdentifyAsync(1, Stop);
        Assert.Equal(
            [("vendorName", "ABC"), ("productCode", "P"), ("modelName", "M")],
            Assert.IsType<IdentifyOutcome.Identified>(outcome).Objects.Select(one => (one.Name, one.Text)));
    }

    [Fact(Timeout = TestLimit)]
    public async Task What_a_device_refuses_to_add_is_done_without()
    {
        await using var device = new IdentifiedDevice(request => request[9] == 1 ? [0x2B, 0x0E, 1, 2, 0, 0, 1, .. Vendor] : [0xAB, 3]);
        Assert.Single(Assert.IsType<IdentifyOutcome.Identified>(await device.Master.IdentifyAsync(1, Stop)).Objects);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_does_not_know_the_function_says_so()
    {
        await using var device = new IdentifiedDevice(_ => [0xAB, 1]);
        Assert.Equal(
            new IdentifyOutcome.Failed(new ReadOutcome.Refused(new ModbusExceptionCode(1))), await device.Master.IdentifyAsync(1, Stop));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_never_comes_to_an_end_is_not_asked_for_ever()
    {
        byte next = 0;
        await using var device = new IdentifiedDevice(_ => [0x2B, 0x0E, 1, 1, 0xFF, ++next, 1, next, 0]);
        Assert.IsType<IdentifyOutcome.Identified>(await device.Master.IdentifyAsync(1, Stop));
        Assert.Equal(16, next);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Rubbish_is_a_fault_of_the_protocol()
    {
        await using var device = new IdentifiedDevice(_ => [0x2B, 0x0E, 1, 1, 0, 0, 9, 1, 2]);
        Assert.Equal(
            new IdentifyOutcome.Failed(new ReadOutcome.Broken(ModbusFault.Length)), await device.Master.IdentifyAsync(1, Stop));
    }
}
