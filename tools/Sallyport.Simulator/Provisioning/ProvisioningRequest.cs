using System.Text.RegularExpressions;

namespace Sallyport.Simulator.Provisioning;

/// <summary>What a PUBLISH to the provisioning service asks for. Closed: the nested records are all there is.</summary>
internal abstract partial record ProvisioningRequest(string RequestId)
{
    private const int MatchTimeout = 1000;

    /// <summary>Register me.</summary>
    public sealed record Register(string RequestId) : ProvisioningRequest(RequestId);

    /// <summary>How far is it?</summary>
    public sealed record Poll(string RequestId, string OperationId) : ProvisioningRequest(RequestId);

    /// <summary>Reads a topic; null for one that the service does not know.</summary>
    public static ProvisioningRequest? Of(string topic)
    {
        Match match = Topic().Match(topic);
        return match.Groups["put"].Success ? new Register(match.Groups["rid"].Value)
            : match.Success && match.Groups["operation"].Success ? new Poll(match.Groups["rid"].Value, Uri.UnescapeDataString(match.Groups["operation"].Value))
            : null;
    }

    [GeneratedRegex(
        @"^\$dps/registrations/(?:(?<put>PUT/iotdps-register)|GET/iotdps-get-operationstatus)/\?\$rid=(?<rid>[^&]+)(?:&operationId=(?<operation>[^&]+))?$",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex Topic();
}
