using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Provisioning;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Provisioning;

/// <summary>The official Node clients of provisioning service and device, unmodified: they register here, and connect to the hub that they are given.</summary>
public sealed class NodeDeviceTests
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "Sallyport.Simulator.Tests", "node");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_device_of_the_group_registers_and_sends_a_message_to_its_hub()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        harness.EnrolGroup();
        using X509Certificate2 certificate = harness.Issue();

        JsonNode result = await RunAsync(harness);

        Assert.Equal(
            (harness.Hub.HostName, ProvisioningHarness.Device, "assigned"), ((string?)result["hub"], (string?)result["device"], (string?)result["status"]));
        CloudMessage message = await harness.Hub.Received.ReadAsync(Cancel);
        Assert.Equal((ProvisioningHarness.Device, "", "m1"), (message.DeviceId, message.ModuleId, message.Message.MessageId));
        Assert.Equal("""{"line":7}""", harness.Service.Payloads[ProvisioningHarness.Device]?.ToJsonString());
        Assert.Equal(1, (int)result["desired"]!["$version"]!);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_service_that_is_busy_is_asked_again()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        harness.EnrolGroup();
        harness.Service.FailNext(429_001);
        using X509Certificate2 certificate = harness.Issue();
        Assert.Equal("assigned", (string?)(await RunAsync(harness))["status"]);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_device_whose_certificate_is_not_the_enrolled_one_is_refused()
    {
        await using ProvisioningHarness harness = await ProvisioningHarness.StartAsync();
        using X509Certificate2 enrolled = harness.Issue();
        harness.Service.Enrolments.Put(new Enrolment.Individual(ProvisioningHarness.Device, [enrolled.GetCertHashString(HashAlgorithmName.SHA256)]));
        using X509Certificate2 other = harness.Issue();
        Assert.Equal("UnauthorizedError", (string?)(await RunAsync(harness))["error"]?["name"]);
    }

    private static async Task<JsonNode> RunAsync(ProvisioningHarness harness)
    {
        string node = Peer.Require("node");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "azure-iot-provisioning-device")))
        {
            Peer.Missing("The Node packages are missing: run npm ci in tests/Sallyport.Simulator.Tests/node.");
        }

        var start = new ProcessStartInfo(
            node, ["device-client.js", harness.Service.HostName, ProvisioningOptions.IdScope, ProvisioningHarness.Device, harness.CertificateFile, harness.KeyFile])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["NODE_EXTRA_CA_CERTS"] = harness.RootsFile; // The provisioning client takes no roots otherwise.
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancel);
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine(output + await errors);
        return JsonNode.Parse(output)!;
    }
}
