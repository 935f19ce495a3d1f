namespace Sallyport.EndToEnd.Tests;

/// <summary>A key that never leaves its token, from the request for a certificate to the telemetry that it brings to the cloud: CertificateManager asks for the certificate (EST),
/// proves it at the provisioning service, and SecureBuffer registers and connects with it.</summary>
public sealed class HardwareIdentityTests
{
    private const int Limit = 180_000;
    private const string CannotDoTls = "cannot do TLS before 1.2.0";

    [Fact(Timeout = Limit)]
    public async Task A_gateway_with_a_tpm_enrols_registers_connects_and_delivers_and_no_private_key_is_on_the_disk()
    {
        await using HardwareGateway gateway = await HardwareGateway.StartAsync(await HardwareToken.InTpmAsync());
        await gateway.DeliversAsync();

        // Where tpm2-openssl can do no TLS the probe says so, and the token in the same TPM takes the place, never a file.
        string provider = gateway.ProviderOfIdentity;
        Assert.Contains(provider, (string[])["tpm (Hardware)", "pkcs11 (Token)"]);
        Assert.Equal(provider is "pkcs11 (Token)", gateway.Says(CannotDoTls));
        await gateway.HasNoPrivateKeyOnDiskAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_gateway_with_a_token_in_software_enrols_registers_connects_and_delivers_and_no_private_key_is_on_the_disk()
    {
        await using HardwareGateway gateway = await HardwareGateway.StartAsync(await HardwareToken.InSoftwareAsync());
        await gateway.DeliversAsync();
        Assert.StartsWith("pkcs11 ", gateway.ProviderOfIdentity, StringComparison.Ordinal);
        await gateway.HasNoPrivateKeyOnDiskAsync();
    }
}
