using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Sallyport.Hosting.Metrics;

/// <summary>Which meters are listened to, and where they go.</summary>
internal static class ModuleMetrics
{
    /// <summary>Where metrics and traces are sent by OTLP; nowhere without it.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string OurMeters = "Sallyport*";
    private const int FewSeries = 100;

    // Each bucket is a row in somebody's table, so there are few. Instruments with other needs give advice.
    private static readonly double[] Seconds = [0.005, 0.025, 0.1, 0.5, 1, 5, 30];

    // Memory for each series that an instrument may come to have is taken at the start, and an instrument may have 2000. Only these have labels that a
    // plant gives them by the hundred; the labels of all others are outcomes, states and reasons. What is above the limit is counted together.
    private static readonly string[] ManySeries = ["sallyport.device.frames", "sallyport.device.state", "sallyport.certificate.remaining", "sallyport.certificate.life"];

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PrometheusExporter>();
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(OurMeters)
                .AddView(StreamOf)
                .AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>()));
            if (!string.IsNullOrEmpty(configuration[OtlpEndpoint]))
            {
                metrics.AddOtlpExporter();
                services.ConfigureOpenTelemetryMeterProvider((provider, meters) => meters.ConfigureResource(
                    resource => ModuleResource.Describe(resource, provider.GetRequiredService<ModuleIdentity>())));
            }
        });
    }

    private static MetricStreamConfiguration? StreamOf(Instrument instrument)
    {
        MetricStreamConfiguration? stream = instrument is Histogram<double> { Unit: "s", Advice: null }
            ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds }
            : null;
        if (!ManySeries.Contains(instrument.Name, StringComparer.Ordinal))
        {
            stream ??= new MetricStreamConfiguration();
            stream.CardinalityLimit = FewSeries;
        }

        return stream;
    }
}
