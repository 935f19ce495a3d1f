namespace Sallyport.EndToEnd.Tests;

/// <summary>A key that never leaves its token, from the request for a certificate to the telemetry that it brings to the cloud: CertificateManager asks for the certificate (EST),
/// proves it at the provisioning service, and SecureBuffer registers and connects with it.</summary>
public sealed class HardwareIdentityTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task A_gateway_with_a_token_in_software_enrols_registers_connects_and_delivers_and_no_private_key_is_on_the_disk()
    {
        await using HardwareGateway gateway = await HardwareGateway.StartAsync(await HardwareToken.InSoftwareAsync());
        await gateway.DeliversAsync();
        Assert.StartsWith("pkcs11 ", gateway.ProviderOfIdentity, StringComparison.Ordinal);
        await gateway.HasNoPrivateKeyOnDiskAsync();
    }
}
