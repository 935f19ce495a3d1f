using System.Globalization;

namespace Sallyport.IotHub.Wire;

/// <summary>Topics of direct methods: the same for modules and devices.</summary>
internal static class MethodTopic
{
    /// <summary>Calls.</summary>
    public const string RequestFilter = RequestPrefix + "#";

    private const string RequestPrefix = "$iothub/methods/POST/";

    /// <summary>Where the answer goes.</summary>
    public static string Response(int status, string requestId) =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/methods/res/{status}/?$rid={requestId}");

    /// <summary>Reads <c>$iothub/methods/POST/{method}/?$rid={rid}</c>.</summary>
    public static bool TryParseRequest(string topic, out string method, out string requestId)
    {
        method = "";
        requestId = "";
        if (!topic.StartsWith(RequestPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = topic[RequestPrefix.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !RequestId.TryRead(rest.AsSpan(slash + 1), out requestId))
        {
            return false;
        }

        method = rest[..slash];
        return true;
    }
}
