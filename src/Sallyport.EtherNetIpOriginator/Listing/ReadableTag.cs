using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpOriginator.Listing;

/// <summary>A tag as people are shown it.</summary>
/// <param name="Name">As it is configured.</param>
/// <param name="Type">The word of its type, or the name of its structure.</param>
/// <param name="Symbol">What the controller says of it.</param>
/// <param name="Template">The definition of its structure; null if it is none, or if that is not known.</param>
public sealed record ReadableTag(string Name, string Type, SymbolEntry Symbol, StructureTemplate? Template)
{
    /// <summary>How many elements each dimension has; empty if it is no array.</summary>
    public ImmutableArray<uint> Dimensions => Symbol.Dimensions;

    /// <summary>The dimensions as people write them, for example <c>[10,4]</c>; empty if it is no array.</summary>
    public string DimensionsText => Dimensions.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"[{string.Join(',', Dimensions)}]");

    /// <summary>What others may do with it, in a word.</summary>
    public string AccessWord => Symbol.Access switch
    {
        ExternalAccess.ReadWrite => "readWrite",
        ExternalAccess.ReadOnly => "readOnly",
        ExternalAccess.None => "none",
        _ => "unknown",
    };

    /// <summary>Writes the members of a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("name", Name);
        json.WriteString("type", Type);
        if (!Dimensions.IsEmpty)
        {
            json.WriteStartArray("dimensions");
            foreach (uint size in Dimensions)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
        }

        json.WriteString("access", AccessWord);
    }

    /// <summary>The tag that a controller listed.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="templates">The structures of the controller.</param>
    internal static ReadableTag Of(BrowsedTag tag, IReadOnlyDictionary<ushort, StructureTemplate> templates)
    {
        StructureTemplate? template = tag.Symbol.Type.IsStructure ? templates.GetValueOrDefault(tag.Symbol.Type.Template) : null;
        return new ReadableTag(tag.Name, TypeOf(tag.Symbol.Type, template), tag.Symbol, template);
    }

    private static string TypeOf(SymbolType type, StructureTemplate? template) => type.IsStructure
        ? template?.Name ?? string.Create(CultureInfo.InvariantCulture, $"structure {type.Template}")
        : CipDataTypes.NameOf(type.DataType) ?? string.Create(CultureInfo.InvariantCulture, $"type 0x{(int)type.DataType:X2}");
}
