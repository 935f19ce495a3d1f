using Microsoft.Extensions.Configuration;
using Sallyport.Hosting.Keys;

namespace Sallyport.Hosting.Tests;

public sealed class DeviceKeyVariablesTests
{
    private const string Tpm = "Tcti=device:/dev/tpmrm0";
    private const string Token = "Pkcs11Module=/usr/lib/m.so;Pkcs11Token=edge;Pkcs11PinFile=/run/secrets/pin";

    [Fact]
    public void Without_a_provider_there_are_no_keys() => Assert.Null(Read("", isDevelopment: false));

    [Theory]
    [InlineData("Providers=tpm;" + Tpm, "tpm")]
    [InlineData("Providers=tpm;TpmHandle=0x81000020;" + Tpm, "tpm")]
    [InlineData("Providers=tpm, pkcs11;" + Tpm + ";" + Token, "tpm,pkcs11")]
    [InlineData("Providers=pkcs11;RequireHardware=true;" + Token, "pkcs11")]
    [InlineData("Providers=tpm,file;RequireHardware=false;" + Tpm, "tpm,file")]
    public void The_order_of_the_providers_is_kept(string variables, string expected)
    {
        DeviceKeyPlan plan = Read(variables, isDevelopment: false)!;
        Assert.Equal(expected, string.Join(',', plan.Providers.Select(provider => provider.Name)));
        Assert.Equal(!variables.Contains("RequireHardware=false", StringComparison.Ordinal), plan.RequiresHardware);
    }

    [Theory]
    [InlineData("Providers=tmp;" + Tpm, "Providers", "'tmp' is none of tpm, pkcs11, file")]
    [InlineData("Providers=tpm,tpm;" + Tpm, "Providers", "twice")]
    [InlineData("Providers=tpm", "Tcti", "device:/dev/tpmrm0")]
    [InlineData("Providers=tpm;Tcti=swtpm:path=/tmp/s", "Tcti", "plays a TPM")]
    [InlineData("Providers=tpm;TpmHandle=81000010;" + Tpm, "TpmHandle", "0x81000002")]
    [InlineData("Providers=tpm;TpmHandle=0x81800000;" + Tpm, "TpmHandle", "0x817ffffc")]
    [InlineData("Providers=tpm;RequireHardware=yes;" + Tpm, "RequireHardware", "true or false")]
    [InlineData("Providers=tpm,file;" + Tpm, "Providers", "a file is no hardware")]
    [InlineData("Providers=pkcs11", "Pkcs11Module", "needs it")]
    [InlineData("Providers=pkcs11;Pkcs11Module=m.so", "Pkcs11Module", "full path")]
    [InlineData("Providers=pkcs11;Pkcs11Module=/m.so;Pkcs11Token=edge;Pkcs11PinFile=1234", "Pkcs11PinFile", "full path")]
    [InlineData("Providers=tpm;Pin=1234;" + Tpm, "Pin", "no such variable")]
    [InlineData("Tcti=device:/dev/tpmrm0", "Tcti", "does nothing without")]
    public void A_fault_names_the_variable_and_never_a_value_that_may_be_a_secret(string variables, string key, string reason)
    {
        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => Read(variables, isDevelopment: false));
        Assert.Equal("Sallyport__DeviceKeys__" + key, refused.Key);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_plays_a_tpm_is_for_a_developers_machine_only()
    {
        Assert.NotNull(Read("Providers=tpm;Tcti=swtpm:path=/tmp/s", isDevelopment: true));
        Assert.Throws<StartRefusedException>(() => Read("Providers=tpm;Tcti=swtpm:path=/tmp/s", isDevelopment: false));
        Assert.Throws<StartRefusedException>(() => Read("Providers=tpm;Tcti=cmd:x", isDevelopment: true));
    }

    private static DeviceKeyPlan? Read(string variables, bool isDevelopment)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(
                pair => new KeyValuePair<string, string?>($"{DeviceKeyVariables.Section}:{pair[0]}", pair[1])))
            .Build();
        return new DeviceKeyVariables(configuration.GetSection(DeviceKeyVariables.Section), "/nowhere", isDevelopment, TimeProvider.System).Read();
    }
}
