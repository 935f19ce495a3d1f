using System.Collections.Frozen;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>The words of the configuration.</summary>
public static class Vocabulary
{
    /// <summary>What metadata say of a tag whose type is not known yet.</summary>
    public const string UnknownType = "unknown";

    /// <summary>The types, in the words of the controllers' own tools.</summary>
    public static FrozenDictionary<string, CipDataType> Types { get; } = NamedTypes().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the bytes of texts mean, by word.</summary>
    public static FrozenDictionary<string, TextEncoding> Encodings { get; } = new Dictionary<string, TextEncoding>(StringComparer.Ordinal)
    {
        ["latin1"] = TextEncoding.Latin1,
        ["windows1252"] = TextEncoding.Windows1252,
        ["utf8"] = TextEncoding.Utf8,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Kinds of controllers, by word.</summary>
    public static FrozenDictionary<string, ControllerFamily> Families { get; } = new Dictionary<string, ControllerFamily>(StringComparer.Ordinal)
    {
        ["auto"] = ControllerFamily.Auto,
        ["logix"] = ControllerFamily.Logix,
        ["micro800"] = ControllerFamily.Micro800,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word of a type.</summary>
    /// <param name="type">The type; null if it is not known.</param>
    public static string WordFor(CipDataType? type) => type is { } known ? CipDataTypes.NameOf(known) ?? UnknownType : UnknownType;

    // Two types are called LTIME; who needs the second one leaves the type to the controller.
    private static Dictionary<string, CipDataType> NamedTypes()
    {
        var types = new Dictionary<string, CipDataType>(StringComparer.Ordinal);
        foreach (CipDataType type in Enum.GetValues<CipDataType>())
        {
            if (CipDataTypes.NameOf(type) is { } name)
            {
                types.TryAdd(name, type);
            }
        }

        return types;
    }
}
