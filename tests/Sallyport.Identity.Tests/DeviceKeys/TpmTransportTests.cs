using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Tests.DeviceKeys;

public sealed class TpmTransportTests
{
    [Theory]
    [InlineData("device:/dev/tpmrm0")]
    [InlineData("tabrmd:bus_type=system")]
    public void A_way_with_a_resource_manager_is_taken(string tcti)
    {
        Assert.True(TpmTransport.TryRead(tcti, out TpmTransport? transport, out _));
        Assert.Equal(tcti, transport.Tcti);
        Assert.False(transport.IsSimulator);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("swtpm:host=127.0.0.1,port=2321", "plays a TPM")]
    [InlineData("swtpm:path=/tmp/s", "plays a TPM")]
    [InlineData("mssim:", "plays a TPM")]
    [InlineData("device:/dev/tpm0", "shut us out")]
    [InlineData("cmd:/bin/sh", "neither")]
    [InlineData("libtss2-tcti-swtpm.so.0:", "neither")]
    [InlineData("device:/dev/tpmrm0 --x", "blank")]
    public void Every_other_way_is_refused_with_what_to_write(string? tcti, string reason)
    {
        Assert.False(TpmTransport.TryRead(tcti, out _, out string? refused));
        Assert.Contains(reason, refused, StringComparison.Ordinal);
        Assert.EndsWith("write device:/dev/tpmrm0", refused, StringComparison.Ordinal);
    }
}
