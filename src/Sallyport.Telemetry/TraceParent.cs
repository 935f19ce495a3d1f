using System.Collections.Frozen;
using System.Diagnostics;

namespace Sallyport.Telemetry;

/// <summary>The property <c>traceparent</c> of a message: which span of which trace it belongs to.</summary>
/// <remarks>W3C Trace Context, version 00: <c>00-{trace id, 32}-{span id, 16}-{flags, 2}</c>, small hexadecimal digits. It takes 66 bytes of a message.
/// No <c>tracestate</c> goes with it: none of ours writes one.</remarks>
public static class TraceParent
{
    private const int Length = 55;

    /// <summary>The text of the property.</summary>
    public static string Of(ActivityContext span) =>
        $"00-{span.TraceId.ToHexString()}-{span.SpanId.ToHexString()}-{(span.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    /// <summary>The message with the property; another one if it had one before.</summary>
    public static HubMessage AddTo(HubMessage message, ActivityContext span)
    {
        var properties = new Dictionary<string, string>(message.Properties, StringComparer.OrdinalIgnoreCase) { [MessageProperties.TraceParent] = Of(span) };
        return message with { Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) };
    }

    /// <summary>Reads the property. False if it is not there, if it is spelt otherwise, or if its span is not recorded: then nobody will ever see that span.</summary>
    /// <param name="properties">Of a message; the text may be hostile.</param>
    /// <param name="span">The span, as one of another process.</param>
    public static bool TryRead(IReadOnlyDictionary<string, string> properties, out ActivityContext span)
    {
        span = default;
        return properties.TryGetValue(MessageProperties.TraceParent, out string? text)
            && text.Length == Length
            && ActivityContext.TryParse(text, traceState: null, isRemote: true, out span)
            && span.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            && string.Equals(Of(span), text, StringComparison.Ordinal);
    }
}
