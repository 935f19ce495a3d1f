using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>A control message as JSON; docs/formats/control-1.schema.json.</summary>
public static class ControlMessageJson
{
    private const int ExpectedSize = 256;
    private const int LongestAction = 32;
    private const int LongestReason = 256;

    /// <summary>Encodes a control message.</summary>
    public static byte[] Encode(ControlMessage message) => JsonOutput.Encode(message, WriteMembers, ExpectedSize);

    /// <summary>Reads one control message. False for anything but exactly one; never throws on hostile bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ControlMessage? message)
    {
        message = StrictJson.Read(json, Read);
        return message is not null;
    }

    private static void WriteMembers(Utf8JsonWriter writer, ControlMessage message)
    {
        writer.WriteString("schema", ControlMessage.Schema);
        writer.WriteString("action", message.Action);
        writer.WriteString("reason", message.Reason);
    }

    private static ControlMessage? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        members.Schema(ControlMessage.Schema);
        var message = new ControlMessage(members.Text("action"), members.Text("reason"));
        members.Require(message.Action.Length <= LongestAction && message.Action.All(char.IsAsciiLetter) && message.Reason.Length <= LongestReason);
        return members.IsSound ? message : null;
    }
}
