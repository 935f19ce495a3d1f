using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sallyport.TestKit;

/// <summary>A span as it was sent by OTLP.</summary>
/// <remarks>opentelemetry-proto, trace/v1/trace.proto and collector/trace/v1/trace_service.proto.</remarks>
public sealed record OtlpSpan
{
    /// <summary><c>service.name</c>.</summary>
    public string Service { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>In small hexadecimal digits, like the next two.</summary>
    public string TraceId { get; init; } = "";

    public string SpanId { get; init; } = "";

    /// <summary>Empty for the first of a trace.</summary>
    public string ParentId { get; init; } = "";

    /// <summary>Names and values as text.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The spans that led to it.</summary>
    public ImmutableArray<(string TraceId, string SpanId)> Links { get; init; } = [];

    public string Outcome => Attributes.GetValueOrDefault("sallyport.outcome", "");

    /// <summary>All spans of an ExportTraceServiceRequest.</summary>
    public static ImmutableArray<OtlpSpan> ReadAll(ReadOnlySpan<byte> request)
    {
        var spans = ImmutableArray.CreateBuilder<OtlpSpan>();
        var resources = new ProtobufFields(request);
        while (resources.Next())
        {
            ReadResource(resources.Bytes, spans);
        }

        return spans.ToImmutable();
    }

    private static void ReadResource(ReadOnlySpan<byte> message, ImmutableArray<OtlpSpan>.Builder spans)
    {
        string service = "";
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                service = ReadAttributes(fields.Bytes, number: 1).GetValueOrDefault("service.name", "");
            }
            else if (fields.Number == 2)
            {
                var scope = new ProtobufFields(fields.Bytes);
                while (scope.Next())
                {
                    if (scope.Number == 2)
                    {
                        spans.Add(ReadSpan(scope.Bytes) with { Service = service });
                    }
                }
            }
        }
    }

    private static OtlpSpan ReadSpan(ReadOnlySpan<byte> message)
    {
        var span = new OtlpSpan { Attributes = ReadAttributes(message, number: 9) };
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            span = fields.Number switch
            {
                1 => span with { TraceId = Convert.ToHexStringLower(fields.Bytes) },
                2 => span with { SpanId = Convert.ToHexStringLower(fields.Bytes) },
                4 => span with { ParentId = Convert.ToHexStringLower(fields.Bytes) },
                5 => span with { Name = Encoding.UTF8.GetString(fields.Bytes) },
                13 => span with { Links = span.Links.Add(ReadLink(fields.Bytes)) },
                _ => span,
            };
        }

        return span;
    }

    private static (string TraceId, string SpanId) ReadLink(ReadOnlySpan<byte> message)
    {
        (string traceId, string spanId) = ("", "");
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            traceId = fields.Number == 1 ? Convert.ToHexStringLower(fields.Bytes) : traceId;
            spanId = fields.Number == 2 ? Convert.ToHexStringLower(fields.Bytes) : spanId;
        }

        return (traceId, spanId);
    }

    private static ImmutableSortedDictionary<string, string> ReadAttributes(ReadOnlySpan<byte> message, int number)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Number != number)
            {
                continue;
            }

            (string key, string value) = ("", "");
            var pair = new ProtobufFields(fields.Bytes);
            while (pair.Next())
            {
                key = pair.Number == 1 ? Encoding.UTF8.GetString(pair.Bytes) : key;
                value = pair.Number == 2 ? ReadValue(pair.Bytes) : value;
            }

            attributes[key] = value;
        }

        return attributes.ToImmutable();
    }

    private static string ReadValue(ReadOnlySpan<byte> message)
    {
        var any = new ProtobufFields(message);
        any.Next();
        return any.Number switch
        {
            1 => Encoding.UTF8.GetString(any.Bytes),
            2 => any.Value == 0 ? "false" : "true",
            3 => ((long)any.Value).ToString(CultureInfo.InvariantCulture),
            _ => "(another kind of value)",
        };
    }
}
