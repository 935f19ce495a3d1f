using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Est;
using Sallyport.Simulator.Modules;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>The steps in which a gateway's identity goes from one key of its token to another. Here we are edgeAgent, who starts again what ended.</summary>
internal sealed class KeyRotation(HardwareGateway gateway, HardwareToken token)
{
    private const string Buffer = "SecureBuffer";
    private const string Certified = $"The gateway's certificate is CN={EnrollingGateway.DeviceId}";
    private const int Ordered = 202;
    private const int UnderWay = 409;

    private int _renewedAt;

    private EdgeSimulation Simulation => gateway.Run.Simulation;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Waits until telemetry arrives with the first certificate.</summary>
    public Task IsEnrolledAsync() => gateway.Run.UntilArrivedAsync(3);

    /// <summary>The labels of the identity's private keys in the token.</summary>
    public async Task<IEnumerable<string>> KeysAsync() => (await token.ListAsync()).Split('\n')
        .Where(line => line.Contains("label:", StringComparison.Ordinal) && line.Contains("identity", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Orders a new certificate as an operator does, once the first is settled, and waits until it is in use.</summary>
    public async Task RenewAsync()
    {
        await OrderAsync();
        await gateway.Run.Lines.UntilAsync(_renewedAt, Certified);
    }

    private async Task OrderAsync()
    {
        _renewedAt = gateway.Run.Lines.Count;
        MethodResult answer;
        do
        {
            answer = await Simulation.Cloud.InvokeMethodAsync(
                new HubIdentity(EdgeSimulation.DeviceId, EnrollingGateway.Module), new MethodCall("renew", "{}"u8.ToArray()) { ConnectTimeout = TimeSpan.FromMinutes(1) }, Token);
        }
        while (answer.Status is UnderWay);
        Assert.Equal(Ordered, answer.Status);
    }

    /// <summary>Breaks the buffer's connection, and waits until it has restarted for the new key, which its process cannot see.</summary>
    public async Task BufferRestartsAsync()
    {
        Simulation.SetUplink(UplinkState.Cut);
        ModuleExit exit = await Simulation.Modules.Find(Buffer)!.Exited.WaitAsync(Token);
        Assert.Equal(0, exit.ExitCode);
        await gateway.Run.Lines.UntilAsync(_renewedAt, Buffer, "The module restarts: the identity was renewed");
        Simulation.SetUplink(UplinkState.Open);
        await StartAgainAsync(Buffer);
        await ArriveAsync();
    }

    /// <summary>Has the days pass in which the certificate before is kept, and waits until its key is destroyed.</summary>
    public async Task EndOverlapAsync()
    {
        ModuleExit exit = Assert.Single(await Simulation.Modules.StopAsync([EnrollingGateway.Module], TimeSpan.FromSeconds(30), Token));
        Assert.Equal(0, exit.ExitCode);
        string file = Path.Combine(gateway.Run.State, "volumes", "sallyport-certificatemanager", "identity", "identity.json");
        JsonNode journal = JsonNode.Parse(await File.ReadAllTextAsync(file, Token))!;
        Assert.Equal("Overlap", (string?)journal["state"]);
        journal["until"] = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(file, journal.ToJsonString(), Token);
        await StartAgainAsync(EnrollingGateway.Module);
        await gateway.Run.Lines.UntilAsync(_renewedAt, EnrollingGateway.Module, "is not used any more");
    }

    /// <summary>Breaks the buffer's connection once more, and waits until telemetry comes again: there is one key left to connect with.</summary>
    public async Task BufferConnectsAgainAsync()
    {
        int from = gateway.Run.Lines.Count;
        Simulation.SetUplink(UplinkState.Cut);
        await gateway.Run.Lines.UntilAsync(from, Buffer, "The uplink is Disconnected");
        from = gateway.Run.Lines.Count;
        Simulation.SetUplink(UplinkState.Open);
        await gateway.Run.Lines.UntilAsync(from, Buffer, "The uplink is Open");
        await ArriveAsync();
    }

    /// <summary>Orders another certificate. It gets a key in the place of one that was destroyed, and that takes a new process: the manager restarts by itself.</summary>
    public async Task RenewAgainAsync()
    {
        Task<ModuleExit> restart = Simulation.Modules.Find(EnrollingGateway.Module)!.Exited;
        await OrderAsync();
        ModuleExit exit = await restart.WaitAsync(Token);
        Assert.Equal(0, exit.ExitCode);
        await gateway.Run.Lines.UntilAsync(_renewedAt, EnrollingGateway.Module, "The module restarts");
        await StartAgainAsync(EnrollingGateway.Module);

        // By itself it would go on in five minutes.
        await OrderAsync();
        await gateway.Run.Lines.UntilAsync(_renewedAt, Certified);
    }

    private Task ArriveAsync() => gateway.Run.UntilArrivedAsync(Simulation.Intake.Count + 3);

    private async Task StartAgainAsync(string module)
    {
        await Simulation.Modules.KillAsync(module);
        Simulation.Modules.StartAgain(module, []);
    }
}
