using System.Globalization;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Provisioning;

/// <summary>User name and topics of the provisioning service.</summary>
internal static class ProvisioningTopic
{
    /// <summary>Answers to our requests.</summary>
    public const string ResponseFilter = ResponsePrefix + "#";

    private const string ApiVersion = "2019-03-31";
    private const string ResponsePrefix = "$dps/registrations/res/";
    private const string RetryAfterName = "retry-after=";

    /// <summary>The MQTT user name. Without a question mark, unlike IoT Hub's.</summary>
    public static string UserName(ProvisioningTarget target, string product) =>
        $"{target.IdScope}/registrations/{target.RegistrationId}/api-version={ApiVersion}&ClientVersion={Uri.EscapeDataString(product)}";

    /// <summary>Asks for a registration.</summary>
    public static string Register(string requestId) => $"$dps/registrations/PUT/iotdps-register/?$rid={requestId}";

    /// <summary>Asks how far it is.</summary>
    public static string Poll(string requestId, string operationId) =>
        $"$dps/registrations/GET/iotdps-get-operationstatus/?$rid={requestId}&operationId={Uri.EscapeDataString(operationId)}";

    /// <summary>Reads <c>$dps/registrations/res/{status}/?$rid={rid}[&amp;retry-after={s}]</c>.</summary>
    public static bool TryParseResponse(string topic, out int status, out string requestId, out TimeSpan? retryAfter)
    {
        (status, requestId, retryAfter) = (0, "", null);
        if (!topic.StartsWith(ResponsePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = topic.AsSpan(ResponsePrefix.Length);
        int slash = rest.IndexOf('/');
        if (slash <= 0
            || !int.TryParse(rest[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out status)
            || !RequestId.TryRead(rest[(slash + 1)..], out requestId))
        {
            return false;
        }

        int query = topic.IndexOf('&', StringComparison.Ordinal);
        retryAfter = query < 0 ? null : RetryAfter(topic.AsSpan(query + 1));
        return true;
    }

    // A number that nobody can mean is as good as none.
    private static TimeSpan? RetryAfter(ReadOnlySpan<char> query)
    {
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            if (pair.StartsWith(RetryAfterName, StringComparison.Ordinal)
                && int.TryParse(pair[RetryAfterName.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
                && seconds <= 24 * 3600)
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }

        return null;
    }
}
