using System.Collections.Immutable;

namespace Sallyport.EtherNetIp.Paths;

/// <summary>The name of a tag, such as <c>Line1.Speed</c>, <c>Recipe[3].Steps[1,2].Time</c>, <c>Program:Main.Count</c> or <c>Alarms.5</c>.</summary>
public sealed class TagName
{
    /// <summary>The longest that a part may be, in characters.</summary>
    public const int MaxPartLength = 40;

    /// <summary>How many indexes an array may have.</summary>
    public const int MaxDimensions = 3;

    /// <summary>The highest bit there is.</summary>
    public const int MaxBit = 63;

    /// <summary>The class of tags.</summary>
    public const ushort SymbolClass = 0x6B;

    internal const string ProgramPrefix = "Program:";
    private const int BitsPerDoubleWord = 32;

    internal TagName(string text, string? program, ImmutableArray<TagNamePart> parts, int? bit) =>
        (Text, Program, Parts, Bit) = (text, program, parts, bit);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The program that the tag belongs to; null if it belongs to the controller.</summary>
    public string? Program { get; }

    /// <summary>The parts between the dots, the tag itself first; never empty.</summary>
    public ImmutableArray<TagNamePart> Parts { get; }

    /// <summary>The bit of the integer that is meant; null for the whole. It is not part of the path: the integer is read.</summary>
    public int? Bit { get; }

    /// <summary>The last index; null if the name does not end with one.</summary>
    public uint? LastIndex => Parts[^1].Indexes is [.., uint last] ? last : null;

    /// <summary>Reads a tag name.</summary>
    public static TagNameOutcome Parse(string text) => new TagNameParser(text).Parse();

    /// <summary>The path by name. Works on every controller.</summary>
    public CipPath ToPath() => Append(Scope(), Parts[0].Name, LastIndex).Build();

    /// <summary>The path to the double word that holds the bit, of an array of BOOL: its elements are 32 bits each.</summary>
    /// <param name="bit">Which bit of the double word is meant.</param>
    public CipPath ToBitArrayPath(out int bit)
    {
        bit = (int)(LastIndex.GetValueOrDefault() % BitsPerDoubleWord);
        return Append(Scope(), Parts[0].Name, LastIndex / BitsPerDoubleWord).Build();
    }

    /// <summary>The path by the number that the controller gave to the tag. Shorter and faster; the number holds until the program changes.</summary>
    /// <param name="instance">From browsing.</param>
    public CipPath ToInstancePath(uint instance) => Append(Scope().Class(SymbolClass).WideInstance(instance), first: null, LastIndex).Build();

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;

    private CipPathBuilder Scope() => Program is null ? new CipPathBuilder() : new CipPathBuilder().Symbol(ProgramPrefix + Program);

    private CipPathBuilder Append(CipPathBuilder path, string? first, uint? lastIndex)
    {
        foreach (TagNamePart part in Parts)
        {
            string? name = ReferenceEquals(part, Parts[0]) ? first : part.Name;
            if (name is not null)
            {
                path.Symbol(name);
            }

            for (int i = 0; i < part.Indexes.Length; i++)
            {
                bool isLast = ReferenceEquals(part, Parts[^1]) && i == part.Indexes.Length - 1;
                path.Element(isLast ? lastIndex.GetValueOrDefault() : part.Indexes[i]);
            }
        }

        return path;
    }
}
