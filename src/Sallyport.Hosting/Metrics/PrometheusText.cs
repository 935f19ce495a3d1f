using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Sallyport.Hosting.Metrics;

/// <summary>Writes metrics in the Prometheus text format 0.0.4, in the part of it that the Azure IoT Edge metrics collector reads.</summary>
/// <remarks>The collector refuses a line with an infinite value and gives up on a whole page when a line has a label twice. So values that are not finite
/// are left out, and a label that is there already is not written again. No timestamps and no exemplars.</remarks>
internal sealed class PrometheusText(ModuleIdentity identity)
{
    private readonly StringBuilder _text = new();
    private readonly KeyValuePair<string, string>[] _identifying =
    [
        new("edge_device", identity.DeviceId),
        new("iothub", identity.HubHostName),
        new("module_name", identity.ModuleId),
        new("instance_number", identity.InstanceNumber),
    ];

    public override string ToString() => _text.ToString();

    public void Write(Metric metric)
    {
        string name = PrometheusName.OfMetric(metric.Name, metric.Unit, IsCounter(metric.MetricType));
        string kind = IsCounter(metric.MetricType) ? "counter" : metric.MetricType.IsHistogram() ? "histogram" : "gauge";
        _text.Append("# HELP ").Append(name).Append(' ');
        Escape(metric.Description, quote: false);
        _text.Append("\n# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            if (metric.MetricType == MetricType.Histogram)
            {
                Histogram(name, in point);
            }
            else
            {
                Line(name, in point, "", Value(metric.MetricType, in point));
            }
        }
    }

    private static bool IsCounter(MetricType type) => type is MetricType.LongSum or MetricType.DoubleSum;

    private static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),

        // Exponential histograms have no form in this format; nobody here asks for them.
        _ => double.NaN,
    };

    private void Histogram(string name, in MetricPoint point)
    {
        long below = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            string bound = double.IsPositiveInfinity(bucket.ExplicitBound)
                ? "+Inf"
                : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture);
            Line(name + "_bucket", in point, bound, below);
        }

        Line(name + "_sum", in point, "", point.GetHistogramSum());
        Line(name + "_count", in point, "", point.GetHistogramCount());
    }

    private void Line(string name, in MetricPoint point, string bucketBound, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        _text.Append(name).Append('{');
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string label, string text) in _identifying)
        {
            Label(label, text, written);
        }

        foreach ((string tag, object? tagValue) in point.Tags)
        {
            Label(PrometheusName.OfLabel(tag), Convert.ToString(tagValue, CultureInfo.InvariantCulture) ?? "", written);
        }

        if (bucketBound.Length > 0)
        {
            Label("le", bucketBound, written);
        }

        _text.Append("} ").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private void Label(string name, string value, HashSet<string> written)
    {
        if (!written.Add(name))
        {
            return;
        }

        _text.Append(written.Count > 1 ? "," : "").Append(name).Append("=\"");
        Escape(value, quote: true);
        _text.Append('"');
    }

    private void Escape(string value, bool quote)
    {
        foreach (char character in value)
        {
            _ = character switch
            {
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '\r' => _text.Append(' '),
                '"' when quote => _text.Append("\\\""),
                _ => _text.Append(character),
            };
        }
    }
}
