using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Simulator.Mqtt;

/// <summary>The fixed topics of edgeHub and IoT Hub.</summary>
internal static partial class HubTopics
{
    private const int MatchTimeout = 1000;

    /// <summary>What a subscription means. Only these have an effect; every other filter is granted and ignored.</summary>
    /// <remarks>Microsoft.Azure.Devices.Edge.Hub.Mqtt, SessionStateParser.</remarks>
    public static HubFeature FeatureOf(string filter)
    {
        if (filter.StartsWith("$iothub/methods/POST/", StringComparison.Ordinal))
        {
            return HubFeature.Methods;
        }

        if (filter.StartsWith("$iothub/twin/PATCH/properties/desired/", StringComparison.Ordinal))
        {
            return HubFeature.DesiredProperties;
        }

        if (filter.EndsWith("messages/devicebound/#", StringComparison.Ordinal))
        {
            return HubFeature.DeviceBoundMessages;
        }

        if (string.Equals(filter, "$iothub/twin/res/#", StringComparison.Ordinal))
        {
            return HubFeature.TwinResponses;
        }

        if (string.Equals(filter, "$dps/registrations/res/#", StringComparison.Ordinal))
        {
            return HubFeature.ProvisioningAnswers;
        }

        return ModuleInputs().IsMatch(filter) ? HubFeature.ModuleInputs : HubFeature.None;
    }

    public static string TwinResponse(int status, string requestId, long? version = null) =>
        version is null
            ? string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/res/{status}/?$rid={requestId}")
            : string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/res/{status}/?$rid={requestId}&$version={version}");

    public static string DesiredPatch(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/PATCH/properties/desired/?$version={version}");

    public static string MethodCall(string method, string requestId) => $"$iothub/methods/POST/{method}/?$rid={requestId}";

    /// <summary>The bag is never empty, so that every client finds a segment after the input.</summary>
    public static string ModuleInput(string deviceId, string moduleId, string input, string bag) =>
        $"devices/{deviceId}/modules/{moduleId}/inputs/{input}/{bag}";

    public static string DeviceBound(string deviceId, string bag) => $"devices/{deviceId}/messages/devicebound/{bag}";

    [GeneratedRegex("^devices/.+/modules/.+/#$", RegexOptions.None, MatchTimeout)]
    private static partial Regex ModuleInputs();
}
