using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sallyport.BatchVerification;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>Sends the spans of verified batches by OTLP, to where the gateway's modules send theirs.</summary>
internal static class TraceExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Begins to send; disposing of it sends what is left. Null if the operator's environment names no endpoint.</summary>
    public static IDisposable? Open(Func<string, string?> variable) => string.IsNullOrEmpty(variable(Endpoint))
        ? null
        : Sdk.CreateTracerProviderBuilder()
            .AddSource(VerificationTraces.SourceName)
            .ConfigureResource(resource => resource.AddService("sallyportctl", serviceNamespace: "sallyport"))
            .AddOtlpExporter()
            .Build();
}
