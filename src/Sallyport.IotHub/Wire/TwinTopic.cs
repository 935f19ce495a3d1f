using System.Globalization;

namespace Sallyport.IotHub.Wire;

/// <summary>Topics of the twin: the same for modules and devices.</summary>
internal static class TwinTopic
{
    /// <summary>Answers to our requests.</summary>
    public const string ResponseFilter = ResponsePrefix + "#";

    /// <summary>Changes of the desired properties.</summary>
    public const string DesiredFilter = DesiredPrefix + "#";

    private const string ResponsePrefix = "$iothub/twin/res/";
    private const string DesiredPrefix = "$iothub/twin/PATCH/properties/desired/";

    /// <summary>Asks for the whole twin; empty body.</summary>
    public static string Get(string requestId) => "$iothub/twin/GET/?$rid=" + requestId;

    /// <summary>Sends a patch of the reported properties; body is the JSON object.</summary>
    public static string PatchReported(string requestId) => "$iothub/twin/PATCH/properties/reported/?$rid=" + requestId;

    /// <summary>Reads <c>$iothub/twin/res/{status}/?$rid={rid}[&amp;…]</c>.</summary>
    public static bool TryParseResponse(string topic, out int status, out string requestId)
    {
        status = 0;
        requestId = "";
        if (!topic.StartsWith(ResponsePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = topic[ResponsePrefix.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && int.TryParse(rest.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out status)
            && RequestId.TryRead(rest.AsSpan(slash + 1), out requestId);
    }

    /// <summary>Whether the topic announces a change of the desired properties. The version is in the body.</summary>
    public static bool IsDesired(string topic) => topic.StartsWith(DesiredPrefix, StringComparison.Ordinal);
}
