using System.Text.Json.Nodes;
using Sallyport.Simulator;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>Images that their own Dockerfiles made, run as the deployment says: nothing may be written, nothing is allowed, and the gateway does its work.</summary>
public sealed class ContainerTests(ModuleImages images) : IClassFixture<ModuleImages>
{
    private const int Limit = 300_000;

    private static readonly string[] Tools = ["tpm2", "tpm2_create", "tpm2_createprimary", "tpm2_evictcontrol", "tpm2_flushcontext", "tpm2_getcap", "tpm2_load"];

    [Fact(Timeout = Limit)]
    public async Task A_reader_in_a_container_without_rights_reads_the_plant_and_everything_arrives()
    {
        JsonNode manifest = await GatewayRun.ReadManifestAsync();
        GatewayRun.ModuleOf(manifest, "ModbusReader")["settings"]!["createOptions"]!["User"] = "10001:10001";
        ContainedModules contained = await ContainedModules.BuildAsync(images, "ModbusReader");
        await using var run = new GatewayRun(new EdgeSimulationOptions { Manifest = manifest.ToJsonString(), Programs = contained.Programs });
        await contained.WriteAsync(run.Simulation, manifest);
        await run.Simulation.StartAsync(TestContext.Current.CancellationToken);
        await run.UntilArrivedAsync(6);
        await IsConfinedAsync("ModbusReader", "10001", "ModbusReader");
        await run.IsAccountedForAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task A_gateway_in_containers_renews_to_a_new_key_in_its_tpm_and_goes_on_with_it()
    {
        ContainedModules contained = await ContainedModules.BuildAsync(images, "SecureBuffer", "CertificateManager");
        HardwareToken token = await HardwareToken.InTpmAsync();
        await using HardwareGateway gateway = await HardwareGateway.StartAsync(token, contained);
        var rotation = new KeyRotation(gateway, token);
        await rotation.IsEnrolledAsync();
        await IsConfinedAsync("SecureBuffer", "1654", ["SecureBuffer", .. Tools]);
        await IsConfinedAsync("CertificateManager", "1654", ["CertificateManager", .. Tools]);
        Assert.Equal(["sallyport-identity-b"], await rotation.KeysAsync());

        await rotation.RenewAsync();
        Assert.Equal(["sallyport-identity-a", "sallyport-identity-b"], await rotation.KeysAsync());
        await rotation.BufferRestartsAsync();

        await rotation.EndOverlapAsync();
        Assert.Equal(["sallyport-identity-a"], await rotation.KeysAsync());
        await rotation.BufferConnectsAgainAsync();
        await HasKeysInTpmAsync("SecureBuffer");

        await rotation.RenewAgainAsync();
        Assert.Equal(["sallyport-identity-a", "sallyport-identity-b"], await rotation.KeysAsync());
        await rotation.BufferRestartsAsync();

        await gateway.DeliversAsync();
        Assert.Contains(gateway.ProviderOfIdentity, (string[])["tpm (Hardware)", "pkcs11 (Token)"]);
        await gateway.HasNoPrivateKeyOnDiskAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task An_image_says_what_it_is_and_which_packages_its_keys_need()
    {
        string image = await images.BuildAsync("SecureBuffer");
        JsonNode labels = JsonNode.Parse(await images.Store.RunAsync("inspect", "--type", "image", "--format", "{{json .Labels}}", image))!;
        string[] stated = [.. labels.AsObject().Select(label => $"{label.Key}={label.Value}")];
        Assert.All(await ModuleImages.LabelsOfAsync("SecureBuffer"), label => Assert.Contains(label, stated, StringComparer.Ordinal));
        string said = await images.Store.RunAsync("run", "--rm", "--network", "none", "--entrypoint", "/usr/bin/tpm2_getcap", image, "--version");
        Assert.StartsWith("tool=\"/usr/bin/tpm2_getcap\"", said, StringComparison.Ordinal);
        string bill = await Command.RunAsync(
            "/bin/sh", "-c", "echo '{\"components\":[{\"name\":\"MQTTnet\"}]}' | \"$@\"",
            "sh", RepositoryRoot.Combine("eng", "image-packages.sh"), "SecureBuffer", image, images.Store.Engine);
        string[] packages = [.. JsonNode.Parse(bill)!["components"]!.AsArray().Select(one => (string)one!["name"]!)];
        Assert.All((string[])["MQTTnet", "tpm2-openssl", "tpm2-tools"], name => Assert.Contains(name, packages, StringComparer.Ordinal));
    }

    // By the command that the image states. A module may be busy for a moment.
    private async Task IsHealthyAsync(string container)
    {
        while (!(await images.Store.TryAsync("healthcheck", "run", container)).EndsWith("exit code 0\n", StringComparison.Ordinal))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    // The storage key, and the buffer's own two; the identity's are wrapped in the store of the token.
    private async Task HasKeysInTpmAsync(string module)
    {
        string handles = await images.Store.RunAsync("exec", ContainedModules.NameOf(module), "/usr/bin/tpm2_getcap", "--tcti=" + TpmBroker.Tcti, "handles-persistent");
        Assert.All((string[])["0x81000001", "0x81000012", "0x81000013"], handle => Assert.Contains(handle, handles, StringComparison.Ordinal));
    }

    private async Task IsConfinedAsync(string module, string user, params string[] programs)
    {
        string container = ContainedModules.NameOf(module);
        JsonNode host = GatewayRun.ModuleOf(await GatewayRun.ReadManifestAsync(), module)["settings"]!["createOptions"]!["HostConfig"]!;
        var process = new Confinement(await images.Store.ProcessOfAsync(container));
        Assert.Equal((user, "0000000000000000", "0000000000000000"), (process["Uid"], process["CapEff"], process["CapBnd"]));
        Assert.Equal(("1", "2"), (process["NoNewPrivs"], process["Seccomp"]));
        Assert.True(process.IsRootReadOnly, "The root file system can be written.");
        Assert.Equal($"{host["Memory"]}", process.Limit("memory", "memory.limit_in_bytes", "memory.max"));
        Assert.Equal($"{host["PidsLimit"]}", process.Limit("pids", "pids.max", "pids.max"));
        Assert.Equal(programs.Order(StringComparer.Ordinal), process.Programs);
        Assert.Contains("exit code 127", await images.Store.TryAsync("exec", container, "/bin/sh"), StringComparison.Ordinal);
        await IsHealthyAsync(container);
    }
}
