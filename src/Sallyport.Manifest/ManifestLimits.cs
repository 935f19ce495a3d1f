using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Manifest;

/// <summary>What IoT Hub and its tools refuse for its size, refused here first.</summary>
/// <remarks>"Understand and use module twins in IoT Hub", section "Module twin size": 32 KiB of desired properties, 4 KiB for each string,
/// 1 KiB for each name. The deployment tools split create options into <c>createOptions</c>, <c>createOptions01</c> … of 512 bytes, at most eight.</remarks>
internal static class ManifestLimits
{
    /// <summary>The most bytes of one twin's desired properties.</summary>
    public const int TwinBytes = 32 * 1024;

    /// <summary>The most bytes of one string.</summary>
    public const int StringBytes = 4 * 1024;

    /// <summary>The most bytes of one name.</summary>
    public const int NameBytes = 1024;

    /// <summary>The most bytes of one piece of create options.</summary>
    public const int PieceBytes = 512;

    /// <summary>The most pieces of create options.</summary>
    public const int Pieces = 8;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks all twins of a manifest.</summary>
    /// <param name="content">The <c>modulesContent</c> object, placeholders expanded.</param>
    /// <exception cref="ManifestException">Something is too large.</exception>
    public static void Check(ManifestNode content)
    {
        foreach (var (_, twin) in content.Members)
        {
            if (twin.Find("properties.desired") is { } desired)
            {
                CheckNode(desired);
                var size = SizeOf(Deployed(desired.Value));
                if (size > TwinBytes)
                {
                    throw new ManifestException(desired.Pointer, $"{size} bytes of desired properties, of which a twin takes {TwinBytes}.");
                }
            }
        }
    }

    /// <summary>Bytes of a value as compact JSON.</summary>
    public static int SizeOf(JsonNode? value) => Encoding.UTF8.GetByteCount(value?.ToJsonString(Compact) ?? "null");

    /// <summary>The same document with create options as text, as it is deployed: escaping makes it longer.</summary>
    public static JsonNode? Deployed(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key,
            member is { Key: "createOptions", Value: JsonObject options } ? JsonValue.Create(options.ToJsonString(Compact)) : Deployed(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Deployed)]),
        null => null,
        _ => node.DeepClone(),
    };

    private static void CheckNode(ManifestNode node)
    {
        switch (node.Value)
        {
            case JsonObject:
                foreach (var (name, child) in node.Members)
                {
                    CheckMember(name, child);
                }

                break;
            case JsonArray:
                foreach (var child in node.Elements)
                {
                    CheckNode(child);
                }

                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String && Encoding.UTF8.GetByteCount(value.GetValue<string>()) > StringBytes:
                throw new ManifestException(node.Pointer, $"A string of a twin holds at most {StringBytes} bytes.");
        }
    }

    private static void CheckMember(string name, ManifestNode child)
    {
        if (Encoding.UTF8.GetByteCount(name) > NameBytes)
        {
            throw new ManifestException(child.Pointer, $"A name of a twin holds at most {NameBytes} bytes.");
        }

        if (name is "createOptions" && child.Value is JsonObject && SizeOf(child.Value) > Pieces * PieceBytes)
        {
            throw new ManifestException(child.Pointer, $"{SizeOf(child.Value)} bytes of create options; the tools take {Pieces} pieces of {PieceBytes}.");
        }

        CheckNode(child);
    }
}
