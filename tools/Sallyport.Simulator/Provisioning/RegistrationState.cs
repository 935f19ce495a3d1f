using System.Globalization;
using System.Text.Json.Nodes;

namespace Sallyport.Simulator.Provisioning;

/// <summary>Bodies of the service's answers.</summary>
internal static class RegistrationState
{
    public static JsonObject Assigned(string operationId, string registrationId, string hub, string deviceId, DateTimeOffset at)
    {
        JsonObject state = State(registrationId, "assigned", at);
        state["assignedHub"] = hub;
        state["deviceId"] = deviceId;
        state["substatus"] = "initialAssignment";
        return new JsonObject { ["operationId"] = operationId, ["status"] = "assigned", ["registrationState"] = state };
    }

    public static JsonObject Disabled(string operationId, string registrationId, DateTimeOffset at) =>
        new() { ["operationId"] = operationId, ["status"] = "disabled", ["registrationState"] = State(registrationId, "disabled", at) };

    public static JsonObject Error(int code, DateTimeOffset at) => new()
    {
        ["errorCode"] = code,
        ["trackingId"] = Guid.NewGuid().ToString(),
        ["message"] = "refused by the simulator",
        ["timestampUtc"] = Text(at),
    };

    private static JsonObject State(string registrationId, string status, DateTimeOffset at) => new()
    {
        ["registrationId"] = registrationId,
        ["createdDateTimeUtc"] = Text(at),
        ["status"] = status,
        ["lastUpdatedDateTimeUtc"] = Text(at),
        ["etag"] = "IjAwMDAwMDAwIg==",
    };

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
}
