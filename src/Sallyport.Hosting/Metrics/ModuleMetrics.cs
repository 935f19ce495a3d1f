using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Sallyport.Hosting.Metrics;

/// <summary>Which meters are listened to, and where they go.</summary>
internal static class ModuleMetrics
{
    private const string OurMeters = "Sallyport*";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Each bucket is a row in somebody's table, so there are few. Instruments with other needs give advice.
    private static readonly double[] Seconds = [0.005, 0.025, 0.1, 0.5, 1, 5, 30];

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PrometheusExporter>();
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(OurMeters)
                .AddView(SecondsUnlessAdvised)
                .AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>()));
            if (!string.IsNullOrEmpty(configuration[OtlpEndpoint]))
            {
                metrics.AddOtlpExporter();
                services.ConfigureOpenTelemetryMeterProvider((provider, meters) => meters.ConfigureResource(
                    resource => Describe(resource, provider.GetRequiredService<ModuleIdentity>())));
            }
        });
    }

    private static ExplicitBucketHistogramConfiguration? SecondsUnlessAdvised(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null }
            ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds }
            : null;

    private static void Describe(ResourceBuilder resource, ModuleIdentity identity) => resource
        .AddService(identity.ModuleId, serviceNamespace: "sallyport", serviceInstanceId: identity.InstanceNumber)
        .AddAttributes(
        [
            new("edge_device", identity.DeviceId),
            new("iothub", identity.HubHostName),
            new("module_name", identity.ModuleId),
            new("instance_number", identity.InstanceNumber),
        ]);
}
