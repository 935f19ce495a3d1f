using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.Ctl.Tests.Provision;

/// <summary><c>provision test</c>, with a service that answers as the test says.</summary>
public sealed class ProvisionTests : IDisposable
{
    private static readonly ProvisioningStep[] Steps =
    [
        new ProvisioningStep.Connecting("global.azure-devices-provisioning.net", "certificate 0102 of 'CN=gateway-1'"),
        ProvisioningStep.Connected.Instance,
        new ProvisioningStep.Registering("gateway-1"),
        new ProvisioningStep.Assigning("4.op", TimeSpan.FromSeconds(3.3)),
        new ProvisioningStep.Throttled(429, TimeSpan.FromSeconds(5.5)),
    ];

    private readonly TemporaryFolder _folder = new();

    public ProvisionTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gateway-1", key, HashAlgorithmName.SHA256);
        DateTimeOffset from = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        using X509Certificate2 certificate = request.Create(
            new X500DistinguishedName("CN=Issuing"), X509SignatureGenerator.CreateForECDsa(key), from, from.AddDays(90), [1, 2]);
        File.WriteAllText(_folder["device.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["device.key"], key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("provision-assigned.txt")]
    [InlineData("provision-assigned.json", "--json")]
    public async Task An_assignment_is_told_with_each_step(string golden, params string[] more)
    {
        using Bench bench = NewBench(own => new ProvisioningOutcome.Assigned(
            new HubAssignment("hub-1.azure-devices.net", "gateway-1"), own[0], AssignmentChange.InitialAssignment, """{"line":7}"""u8.ToArray()));
        Assert.Equal(ExitCode.Good, await bench.RunAsync([.. Arguments(), .. more]));
        string thumbprint = X509CertificateLoader.LoadCertificateFromFile(_folder["device.pem"]).GetCertHashString(HashAlgorithmName.SHA256);
        Golden.Match(golden, bench.Output.Replace(thumbprint, "THUMBPRINT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("provision-refused.txt")]
    [InlineData("provision-refused.json", "--json")]
    public async Task A_refusal_says_what_to_do(string golden, params string[] more)
    {
        using Bench bench = NewBench(_ => new ProvisioningOutcome.Unauthorized("the certificate does not fit the enrolment (code 401002)"));
        Assert.Equal(ExitCode.Problems, await bench.RunAsync([.. Arguments(), .. more]));
        Golden.Match(golden, bench.Output);
    }

    [Fact]
    public async Task Somebody_who_looks_on_sees_each_step_when_it_comes()
    {
        using Bench bench = NewBench(_ => ProvisioningOutcome.Disabled.Instance, isInteractive: true);
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(Arguments()));
        Assert.Contains("the service looks for a hub; ask again in 3.3 s", bench.Errors, StringComparison.Ordinal);
        Assert.Contains("the enrolment is disabled", bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--id-scope", "0/", "\"0/\" is not an ID scope")]
    [InlineData("--registration-id", "g.", "\"g.\" is not a registration id")]
    [InlineData("--host", "no host", "\"no host\" is not a host name")]
    [InlineData("--key", "/nowhere", "/nowhere cannot be read")]
    [InlineData("--previous-key", "/nowhere", "go together")]
    public async Task What_is_wrong_with_the_command_line_is_said_before_anything_is_dialled(string option, string value, string reason)
    {
        using Bench bench = NewBench(_ => throw new InvalidOperationException("Nothing is to be dialled."));
        string[] arguments = Arguments();
        int at = Array.IndexOf(arguments, option);
        string[] changed = at < 0 ? [.. arguments, option, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]];
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync(changed));
        Assert.Contains(reason, bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_service_the_real_one_says_how_far_it_came()
    {
        using var bench = new Bench();
        string[] arguments = [.. Arguments(), "--host", "127.0.0.1:1"];
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(arguments));
        Assert.Contains("gateway-1 gets no hub: rootsFile: ", bench.Output, StringComparison.Ordinal);
    }

    private static Bench NewBench(Func<ImmutableArray<DeviceCertificate>, ProvisioningOutcome> answer, bool isInteractive = false)
    {
        var time = new FakeTimeProvider();
        return new Bench
        {
            Time = time,
            IsInteractive = isInteractive,
            OpenProvisioner = (_, _, onStep) => new ScriptedProvisioner(answer, onStep, time),
        };
    }

    private string[] Arguments() =>
    [
        "provision", "test", "--id-scope", "0ne00000A0A", "--registration-id", "gateway-1", "--certificate", _folder["device.pem"],
        "--key", _folder["device.key"], "--roots", _folder["roots.pem"],
    ];

    private sealed class ScriptedProvisioner(
        Func<ImmutableArray<DeviceCertificate>, ProvisioningOutcome> answer, Action<ProvisioningStep> onStep, FakeTimeProvider time) : IDeviceProvisioner
    {
        public Task<ProvisioningOutcome> RegisterAsync(ImmutableArray<DeviceCertificate> certificates, CancellationToken cancellationToken)
        {
            foreach (ProvisioningStep step in Steps)
            {
                onStep(step);
                time.Advance(TimeSpan.FromSeconds(0.4));
            }

            return Task.FromResult(answer(certificates));
        }
    }
}
