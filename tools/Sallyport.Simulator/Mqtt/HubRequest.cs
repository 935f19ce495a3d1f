using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Simulator.Mqtt;

/// <summary>What a client's PUBLISH asks for, by its topic. Closed: the nested records are all there is.</summary>
internal abstract partial record HubRequest
{
    private const int MatchTimeout = 1000;

    private HubRequest()
    {
    }

    /// <summary>A message of a device (empty module) or a module.</summary>
    /// <param name="DeviceId">As the topic names it.</param>
    /// <param name="ModuleId">As the topic names it; empty for a device.</param>
    /// <param name="Bag">The property bag, still escaped; empty if there is none.</param>
    public sealed record Telemetry(string DeviceId, string ModuleId, string Bag) : HubRequest;

    /// <summary>Read the twin. The request id may be empty, which no hub answers.</summary>
    public sealed record ReadTwin(string RequestId) : HubRequest;

    /// <summary>Change reported properties.</summary>
    public sealed record ReportProperties(string RequestId) : HubRequest;

    /// <summary>The answer to a direct method call.</summary>
    public sealed record AnswerMethod(int Status, string RequestId) : HubRequest;

    /// <summary>A topic that no hub knows.</summary>
    public sealed record Unknown : HubRequest
    {
        public static Unknown Instance { get; } = new();
    }

    public static HubRequest Of(string topic)
    {
        if (TelemetryTopic().Match(topic) is { Success: true } telemetry)
        {
            return new Telemetry(
                telemetry.Groups["device"].Value, telemetry.Groups["module"].Value, telemetry.Groups["bag"].Value);
        }

        if (TwinTopic().Match(topic) is { Success: true } twin)
        {
            string requestId = ReadRequestId(twin.Groups["query"].Value);
            return twin.Groups["get"].Success ? new ReadTwin(requestId) : new ReportProperties(requestId);
        }

        return MethodTopic().Match(topic) is { Success: true } method
            ? new AnswerMethod(
                int.Parse(method.Groups["status"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                ReadRequestId(method.Groups["query"].Value))
            : Unknown.Instance;
    }

    private static string ReadRequestId(string query) =>
        query.Split('&').FirstOrDefault(part => part.StartsWith("$rid=", StringComparison.Ordinal)) is { } part
            ? part["$rid=".Length..]
            : string.Empty;

    [GeneratedRegex(
        "^devices/(?<device>[^/]+)(?:/modules/(?<module>[^/]+))?/messages/events(?:/(?<bag>[^/]*))?/?$",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex TelemetryTopic();

    [GeneratedRegex(
        @"^\$iothub/twin/(?:(?<get>GET)|PATCH/properties/reported)/\?(?<query>.*)$", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex TwinTopic();

    [GeneratedRegex(@"^\$iothub/methods/res/(?<status>\d{1,9})/\?(?<query>.*)$", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex MethodTopic();
}
