using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace Sallyport.Hosting.Tracing;

/// <summary>Reads <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>: the one place that does.</summary>
/// <remarks>Names and meaning as in the OpenTelemetry specification, SDK environment variables; but a value that it does not know is refused.</remarks>
internal static class SamplerVariables
{
    /// <summary>Which spans are taken.</summary>
    public const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>Which share of them, 0 to 1.</summary>
    public const string Argument = "OTEL_TRACES_SAMPLER_ARG";

    /// <summary>Whether anybody chose a sampler: without one there are no traces.</summary>
    public static bool AreSet(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Sampler]);

    /// <summary>The sampler.</summary>
    /// <exception cref="StartRefusedException">There is no such sampler, or no such share.</exception>
    public static Sampler Read(IConfiguration configuration) => configuration[Sampler] switch
    {
        "always_on" => new AlwaysOnSampler(),
        "always_off" => new AlwaysOffSampler(),
        "traceidratio" => new TraceIdRatioBasedSampler(ReadShare(configuration)),
        "parentbased_always_on" => Linked(new AlwaysOnSampler()),
        "parentbased_always_off" => Linked(new AlwaysOffSampler()),
        "parentbased_traceidratio" => Linked(new TraceIdRatioBasedSampler(ReadShare(configuration))),
        var unknown => throw new StartRefusedException(
            Sampler, $"'{unknown}' is none of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio"),
    };

    private static LinkedSampler Linked(Sampler root) => new(new ParentBasedSampler(root));

    private static double ReadShare(IConfiguration configuration)
    {
        string? text = configuration[Argument];
        if (string.IsNullOrEmpty(text))
        {
            return 1;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1
            ? share
            : throw new StartRefusedException(Argument, $"'{text}' is not a share from 0 to 1, for example 0.01 for one in a hundred");
    }
}
