using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;
using Sallyport.Simulator.Terminal;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Modules;

/// <summary>What the simulator does with images of a registry.</summary>
public sealed class ForeignModulesTests
{
    private const string Collector = "MetricsCollector";

    [Fact]
    public void A_module_of_a_registry_is_left_out_and_its_routes_stay()
    {
        var manifest = Read();
        var simulated = ForeignModules.LeaveOut(manifest, new Dictionary<string, string>(StringComparer.Ordinal), NullLoggerFactory.Instance);
        Assert.Equal(manifest.Modules.Select(module => module.Name).Where(name => name is not Collector), simulated.Modules.Select(module => module.Name));
        Assert.Equal(manifest.EdgeHub, simulated.EdgeHub);
    }

    [Fact]
    public void With_a_program_given_by_hand_it_runs_like_any_other() =>
        Assert.Contains(
            ForeignModules.LeaveOut(Read(), new Dictionary<string, string>(StringComparer.Ordinal) { [Collector] = "/bin/true" }, NullLoggerFactory.Instance).Modules,
            module => module.Name is Collector);

    [Fact]
    public void It_is_said_in_the_report_of_the_run()
    {
        using var output = new StringWriter();
        using (var logs = LoggerFactory.Create(logging => logging.AddProvider(new ReportLoggerProvider(new JsonReport(output, TimeProvider.System)))))
        {
            _ = ForeignModules.LeaveOut(Read(), new Dictionary<string, string>(StringComparer.Ordinal), logs);
        }

        Assert.Contains("MetricsCollector is left out: mcr.microsoft.com/azureiotedge-metrics-collector:2.0 comes from a registry", output.ToString(), StringComparison.Ordinal);
    }

    private static DeploymentManifest Read() => DeploymentManifest.Parse(File.ReadAllText(RepositoryRoot.Combine("deployment.template.json")), name => $"value-of-{name}");
}
