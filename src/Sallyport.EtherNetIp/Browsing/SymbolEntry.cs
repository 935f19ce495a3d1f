using System.Collections.Immutable;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>An entry in a controller's list of tags.</summary>
/// <param name="Instance">Its number; holds until the program changes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Dimensions">How many elements each dimension has; as many as <see cref="SymbolType.Dimensions"/>.</param>
/// <param name="IsAlias">Whether it is another name of a tag. Such a one is read by its name: its number may not work.</param>
/// <param name="Access">What others may do with it.</param>
public sealed record SymbolEntry(
    uint Instance, string Name, SymbolType Type, ImmutableArray<uint> Dimensions, bool IsAlias, ExternalAccess Access)
{
    private static readonly string[] ModuleSuffixes = [":I", ":O", ":C", ":S"];

    /// <summary>What it is.</summary>
    public SymbolKind Kind => this switch
    {
        _ when Name.StartsWith(TagName.ProgramPrefix, StringComparison.OrdinalIgnoreCase) => SymbolKind.Program,
        _ when Type.IsSystem || Name.StartsWith("__", StringComparison.Ordinal) => SymbolKind.Internal,
        _ when !Name.Contains(':', StringComparison.Ordinal) => SymbolKind.Tag,
        _ when IsOfModule => SymbolKind.ModuleTag,
        _ => SymbolKind.Internal,
    };

    private bool IsOfModule
    {
        get
        {
            foreach (string suffix in ModuleSuffixes)
            {
                if (Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                {
                    return !Name.StartsWith("Map:", StringComparison.OrdinalIgnoreCase) && !Name.StartsWith("Cxn:", StringComparison.OrdinalIgnoreCase);
                }
            }

            return false;
        }
    }
}
