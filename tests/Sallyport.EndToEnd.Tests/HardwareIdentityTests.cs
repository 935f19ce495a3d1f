using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>A key that never leaves its chip, from the request for a certificate to the telemetry that it brings to the cloud: CertificateManager asks for the certificate (EST),
/// proves it at the provisioning service, and SecureBuffer registers and connects with it.</summary>
public sealed class HardwareIdentityTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task A_gateway_with_a_tpm_enrols_registers_connects_and_delivers_and_no_private_key_is_on_the_disk()
    {
        await using SoftwareTpm software = await SoftwareTpm.StartAsync();
        await using HardwareGateway gateway = await HardwareGateway.StartAsync(await HardwareToken.InTpmAsync(software));
        await gateway.DeliversAsync();

        // tpm2-openssl before 1.2.0 does no TLS: then the probe passes the provider tpm over, and the token in the same TPM takes the place, never a file.
        string provider = gateway.ProviderOfIdentity;
        Assert.Contains(provider, (string[])["tpm (Hardware)", "pkcs11 (Token)"]);
        Assert.Equal(provider is "pkcs11 (Token)", gateway.Says("cannot do TLS before 1.2.0"));
        await gateway.HasNoPrivateKeyOnDiskAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_gateway_with_a_token_in_software_does_the_same_where_hardware_is_not_required()
    {
        await using HardwareGateway gateway = await HardwareGateway.StartAsync(await HardwareToken.InSoftwareAsync());
        await gateway.DeliversAsync();
        Assert.StartsWith("pkcs11 ", gateway.ProviderOfIdentity, StringComparison.Ordinal);
        await gateway.HasNoPrivateKeyOnDiskAsync();
    }
}
