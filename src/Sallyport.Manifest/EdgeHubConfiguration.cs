using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;

namespace Sallyport.Manifest;

/// <summary>What the desired properties of <c>$edgeHub</c> say.</summary>
/// <param name="Routes">The routes.</param>
/// <param name="TimeToLive">How long a message is kept whose route says nothing; null is for ever.</param>
internal sealed record EdgeHubConfiguration(RouteTable Routes, TimeSpan? TimeToLive)
{
    private const string RoutesKey = "routes";
    private const string StoreAndForwardKey = "storeAndForwardConfiguration";
    private const string TimeToLiveKey = "timeToLiveSecs";

    /// <summary>Reads the document as edgeHub does: schema 1.0 to 1.3.</summary>
    /// <exception cref="FormatException">edgeHub would refuse it; the message says what and where.</exception>
    public static EdgeHubConfiguration Read(JsonObject desired)
    {
        RequireSchema(desired["schemaVersion"]);
        if (desired[StoreAndForwardKey] is not JsonObject store || !TryReadNumber(store[TimeToLiveKey], out long seconds))
        {
            throw new FormatException($"/{StoreAndForwardKey}/{TimeToLiveKey}: a whole number is required.");
        }

        if (desired[RoutesKey] is not JsonObject routes)
        {
            throw new FormatException($"/{RoutesKey}: an object is required.");
        }

        var definitions = new Dictionary<string, RouteDefinition>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? route) in routes)
        {
            definitions[name] = ReadRoute(name, route);
        }

        return new EdgeHubConfiguration(RouteTable.Parse(definitions), seconds < 0 ? null : TimeSpan.FromSeconds(seconds));
    }

    private static void RequireSchema(JsonNode? node)
    {
        if (node is not JsonValue value
            || !value.TryGetValue(out string? text)
            || !System.Version.TryParse(text, out Version? version)
            || version.Major != 1
            || version.Minor > 3)
        {
            throw new FormatException($"/schemaVersion: 1.0 to 1.3 is required, not {node?.ToJsonString() ?? "nothing"}.");
        }
    }

    private static RouteDefinition ReadRoute(string name, JsonNode? node)
    {
        if (node is JsonValue value && value.TryGetValue(out string? text))
        {
            return new RouteDefinition(text);
        }

        if (node is not JsonObject route || route["route"] is not JsonValue routeText || !routeText.TryGetValue(out text))
        {
            throw new FormatException($"/{RoutesKey}/{name}: a text, or an object with «route», is required.");
        }

        return new RouteDefinition(
            text,
            ReadNumber(name, route, "priority", RouteDefinition.DefaultPriority),
            ReadNumber(name, route, TimeToLiveKey, absent: 0));
    }

    private static long ReadNumber(string name, JsonObject route, string key, long absent)
    {
        if (!route.ContainsKey(key))
        {
            return absent;
        }

        return TryReadNumber(route[key], out long number)
            ? number
            : throw new FormatException($"/{RoutesKey}/{name}/{key}: a whole number is required.");
    }

    private static bool TryReadNumber(JsonNode? node, out long number)
    {
        number = 0;
        return node is JsonValue value
            && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
