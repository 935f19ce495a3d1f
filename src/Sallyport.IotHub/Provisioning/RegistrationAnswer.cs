using System.Text.Json;
using Sallyport.IotHub.Environments;

namespace Sallyport.IotHub.Provisioning;

/// <summary>The body of an answer of the provisioning service, as far as it can be used. Not to be trusted.</summary>
internal sealed record RegistrationAnswer
{
    private const int MaxOperationId = 256;

    private RegistrationAnswer()
    {
    }

    /// <summary><c>assigning</c>, <c>assigned</c>, <c>failed</c>, <c>disabled</c> or <c>unassigned</c>; empty for none of these.</summary>
    public string Status { get; private init; } = "";

    /// <summary>The service's name for its work; empty for none.</summary>
    public string OperationId { get; private init; } = "";

    /// <summary>Where the device is; null if that is not said, or not in a form that can be used.</summary>
    public HubAssignment? Assignment { get; private init; }

    /// <summary>What that did to its data.</summary>
    public AssignmentChange Change { get; private init; }

    /// <summary>The service's number for what is wrong; 0 for none.</summary>
    public int ErrorCode { get; private init; }

    /// <summary>What Azure's support asks for; empty for none.</summary>
    public string TrackingId { get; private init; } = "";

    /// <summary>What the allocation handed over, JSON; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Payload { get; private init; }

    /// <summary>Reads a body. Whatever it holds, there is a result: what is missing or wrong is as if it were not there.</summary>
    public static RegistrationAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            JsonElement state = Find(root, "registrationState");
            return new RegistrationAnswer
            {
                Status = Text(root, "status") is ("assigning" or "assigned" or "failed" or "disabled" or "unassigned") and var known ? known : "",
                OperationId = Text(root, "operationId") is { Length: > 0 and <= MaxOperationId } id ? id : "",
                Assignment = AssignmentOf(state),
                Change = ChangeOf(Text(state, "substatus")),
                ErrorCode = Number(root, "errorCode") is > 0 and var code ? code : Number(state, "errorCode"),
                TrackingId = Text(root, "trackingId") is { Length: > 0 and <= 64 } tracking && tracking.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or ':')
                    ? tracking
                    : "",
                Payload = Find(state, "payload") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } payload
                    ? Bytes(payload)
                    : default,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is a text that is no Unicode.
            return new RegistrationAnswer();
        }
    }

    private static HubAssignment? AssignmentOf(JsonElement state) =>
        Text(state, "assignedHub") is { Length: <= 253 } hub && HostAddress.TryParse(hub) is not null
            && Text(state, "deviceId") is { } device && EnvironmentVariables.IsId(device)
                ? new HubAssignment(hub, device)
                : null;

    private static AssignmentChange ChangeOf(string? substatus) => substatus switch
    {
        "initialAssignment" => AssignmentChange.InitialAssignment,
        "deviceDataMigrated" => AssignmentChange.DataMigrated,
        "deviceDataReset" => AssignmentChange.DataReset,
        _ => AssignmentChange.Unknown,
    };

    private static byte[] Bytes(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());

    private static JsonElement Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) ? found : default;

    private static string? Text(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : 0;
}
