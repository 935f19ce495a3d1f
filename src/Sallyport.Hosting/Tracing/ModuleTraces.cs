using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Sallyport.Hosting.Metrics;

namespace Sallyport.Hosting.Tracing;

/// <summary>Which spans are listened to, and where they go: none and nowhere, unless both an endpoint and a sampler are given.</summary>
internal static class ModuleTraces
{
    private const string OurSources = "Sallyport*";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[ModuleMetrics.OtlpEndpoint]) || !SamplerVariables.AreSet(configuration))
        {
            return;
        }

        services.AddOpenTelemetry().WithTracing(traces => traces
            .AddSource(OurSources)
            .SetSampler(_ => SamplerVariables.Read(configuration))
            .AddOtlpExporter());
        services.ConfigureOpenTelemetryTracerProvider((provider, traces) => traces.ConfigureResource(
            resource => ModuleResource.Describe(resource, provider.GetRequiredService<ModuleIdentity>())));
    }
}
