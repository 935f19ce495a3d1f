using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The scripts: shellcheck finds nothing, and az is asked what it should be. A program of that name writes down what it was asked.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Az =
        """
        #!/bin/sh
        printf '%s\n' "$*" >>"$(dirname "$0")/asked"
        case "$*" in *"enrollment-group list"*) cat "$(dirname "$0")/existing" ;; esac
        """;

    private static readonly string Scripts = Path.Combine(Templates.Folder, "scripts");
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-scripts-").FullName;

    public ScriptTests()
    {
        File.WriteAllText(In("az"), Az);
        File.SetUnixFileMode(In("az"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(In("existing"), "");
    }

    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Combine("eng"), "*.sh").Concat(Directory.EnumerateFiles(Scripts, "*.sh")).Append(RepositoryRoot.Combine(".ci", "run"))
            .Append(RepositoryRoot.Combine(".devcontainer", "create.sh"))
            .Select(static file => Path.GetRelativePath(RepositoryRoot.Path, file)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Shellcheck_finds_nothing(string file) =>
        Assert.Equal("", await Command.RunAsync(Peer.Require("shellcheck"), "--external-sources", RepositoryRoot.Combine(file)));

    [Fact]
    public async Task Enrolment_makes_one_group_for_gateways_and_one_for_buffers()
    {
        Assert.Equal(0, await EnrolAsync("--gateway-authority", Authority("gateways"), "--buffer-authority", Authority("buffers")));
        string[] asked = Asked();
        Assert.Equal(3, asked.Length);
        Assert.Contains("enrollment-group create --dps-name dps-1 --resource-group rg-1 --auth-type login --enrollment-id gateways ", asked[1], StringComparison.Ordinal);
        Assert.Contains(" --edge-enabled true ", asked[1], StringComparison.Ordinal);
        Assert.Contains(""" --initial-twin-tags {"site":"plant-1","role":"gateways"} """, asked[1], StringComparison.Ordinal);
        Assert.Contains("enrollment-group create --dps-name dps-1 --resource-group rg-1 --auth-type login --enrollment-id buffers ", asked[2], StringComparison.Ordinal);
        Assert.Contains(" --edge-enabled false ", asked[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrolment_brings_a_group_up_to_date_that_is_there()
    {
        await File.WriteAllTextAsync(In("existing"), "gateways\nbuffers-of-another\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await EnrolAsync("--gateway-authority", Authority("gateways"), "--buffer-authority", Authority("buffers")));
        Assert.Contains("enrollment-group update ", Asked()[1], StringComparison.Ordinal);
        Assert.Contains("enrollment-group create ", Asked()[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_authority_of_buffers_there_is_no_group_of_buffers()
    {
        Assert.Equal(0, await EnrolAsync("--gateway-authority", Authority("gateways")));
        Assert.Equal(2, Asked().Length);
    }

    [Fact]
    public async Task An_authority_that_is_none_ends_soon_or_is_given_twice_is_refused_before_anything_is_asked()
    {
        var good = Authority("good");
        string[][] wrong =
        [
            ["--gateway-authority", Authority("leaf", isAuthority: false)],
            ["--gateway-authority", Authority("ending", days: 20)],
            ["--gateway-authority", In("existing")],
            ["--gateway-authority", good, "--buffer-authority", good],
            ["--gateway-authority", good, "--unknown", "x"],
            [],
        ];
        foreach (var arguments in wrong)
        {
            Assert.Equal(2, await EnrolAsync(arguments));
        }

        Assert.Empty(Asked());
    }

    [Theory]
    [InlineData("rg-1", 0)]
    [InlineData("rg-2", 2)]
    public async Task A_deployment_is_shown_and_then_made_if_it_is_confirmed(string confirmation, int code)
    {
        await File.WriteAllTextAsync(In("mine.bicepparam"), "param alertEmails = ['people@plant.invalid']\n", TestContext.Current.CancellationToken);
        Assert.Equal(code, await RunAsync("deploy.sh", "--resource-group", "rg-1", "--parameters", In("mine.bicepparam"), "--confirm", confirmation));
        Assert.StartsWith("deployment group what-if --resource-group rg-1 ", Asked()[0], StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 2 : 1, Asked().Length);
        Assert.StartsWith(code == 0 ? "deployment group create --resource-group rg-1 " : "deployment group what-if", Asked()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_nobody_confirms_changes_nothing()
    {
        await File.WriteAllTextAsync(In("mine.bicepparam"), "param alertEmails = ['people@plant.invalid']\n", TestContext.Current.CancellationToken);
        Assert.Equal(2, await RunAsync("deploy.sh", "--resource-group", "rg-1", "--parameters", In("mine.bicepparam")));
        Assert.StartsWith("deployment group what-if", Assert.Single(Asked()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public async Task Parameters_with_our_examples_are_not_deployed(string environment)
    {
        Assert.Equal(2, await RunAsync("deploy.sh", "--resource-group", "rg-1", "--parameters", Path.Combine(Templates.Folder, "params", $"{environment}.bicepparam"), "--confirm", "rg-1"));
        Assert.Empty(Asked());
    }

    private string In(string file) => Path.Combine(_folder, file);

    private string[] Asked() => File.Exists(In("asked")) ? File.ReadAllLines(In("asked")) : [];

    private Task<int> EnrolAsync(params string[] arguments) => RunAsync("enroll.sh", ["--provisioning", "dps-1", "--resource-group", "rg-1", "--site", "plant-1", .. arguments]);

    private async Task<int> RunAsync(string script, params string[] arguments)
    {
        _ = Peer.Require("openssl");
        var start = new ProcessStartInfo(Peer.Require("bash"), [Path.Combine(Scripts, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{await output}{errors}");
        return process.ExitCode;
    }

    private string Authority(string name, bool isAuthority = true, int days = 3650)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(days));
        File.WriteAllText(In(name + ".pem"), certificate.ExportCertificatePem());
        return In(name + ".pem");
    }
}
