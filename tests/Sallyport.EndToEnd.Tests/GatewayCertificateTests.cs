using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Est;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>CertificateManager as a process: it enrols at a real server, is proven at the provisioning service, and says so to the cloud.</summary>
public sealed class GatewayCertificateTests
{
    [Fact(Timeout = 120_000)]
    public async Task The_gateway_enrols_and_the_table_has_its_certificate_and_edgeHubs()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var manifest = await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), token);
        var lines = Channel.CreateUnbounded<string>();
        await using var simulation = new EdgeSimulation(
            new EdgeSimulationOptions { Manifest = manifest },
            (module, line) =>
            {
                if (module is EnrollingGateway.Module)
                {
                    _ = lines.Writer.TryWrite(line);
                }
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await simulation.StartAsync(token);
        while (!(await lines.Reader.ReadAsync(token)).Contains($"CN={EnrollingGateway.DeviceId}", StringComparison.Ordinal))
        {
        }

        // The table is of the last look: the one after the renewal comes within a minute.
        JsonElement table = await AskAsync(simulation, token);
        Assert.Equal(EnrollingGateway.DeviceId, table.GetProperty("renewal").GetProperty("deviceId").GetString());
        Assert.Equal("", table.GetProperty("renewal").GetProperty("reason").GetString());
        Assert.Contains(table.GetProperty("certificates").EnumerateArray(), one => one.GetProperty("name").GetString() is "edgeHub" && one.GetProperty("state").GetString() is "good");
        Assert.Contains(table.GetProperty("certificates").EnumerateArray(), one => one.GetProperty("kind").GetString() is "root");
        Assert.Empty(table.GetProperty("faults").EnumerateArray());
        Assert.Single(simulation.Gateway.Server!.Issued);
    }

    private static async Task<JsonElement> AskAsync(EdgeSimulation simulation, CancellationToken token)
    {
        MethodResult answer = await simulation.Cloud.InvokeMethodAsync(
            new HubIdentity(EdgeSimulation.DeviceId, EnrollingGateway.Module), new MethodCall("getCertificates", "{}"u8.ToArray()), token);
        Assert.Equal(200, answer.Status);
        return JsonElement.Parse(answer.Payload.Span);
    }
}
