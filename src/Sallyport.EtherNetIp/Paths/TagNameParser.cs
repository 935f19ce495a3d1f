using System.Collections.Immutable;
using System.Globalization;

namespace Sallyport.EtherNetIp.Paths;

/// <summary>Reads one tag name, and says where and why it is none.</summary>
internal sealed class TagNameParser(string text)
{
    private readonly ImmutableArray<TagNamePart>.Builder _parts = ImmutableArray.CreateBuilder<TagNamePart>();
    private int _at;
    private string? _program;
    private int? _bit;
    private TagNameOutcome.Refused? _refused;

    public TagNameOutcome Parse()
    {
        if (text.Length == 0)
        {
            return new TagNameOutcome.Refused(0, "empty; write the name of a tag");
        }

        if (text.StartsWith(TagName.ProgramPrefix, StringComparison.OrdinalIgnoreCase))
        {
            ReadProgram();
        }

        while (_refused is null && ReadPart() && _bit is null && _at < text.Length)
        {
            if (text[_at] != '.')
            {
                Refuse(_at, "neither a dot nor an index nor the end; names have letters, digits and underscores");
                break;
            }

            _at++;
        }

        if (_refused is null && _at < text.Length)
        {
            Refuse(_at, "a bit is the last part; remove what follows");
        }

        return _refused ?? Finish();
    }

    private TagNameOutcome Finish()
    {
        // Every segment has at most four bytes more than the characters it stands for, so short names need not be built to know.
        var name = new TagName(text, _program, _parts.ToImmutable(), _bit);
        int words = _program is null ? 0 : WordsOf(TagName.ProgramPrefix.Length + _program.Length);
        foreach (TagNamePart part in name.Parts)
        {
            words += WordsOf(part.Name.Length) + (part.Indexes.Length * 3);
        }

        return words <= CipPath.MaxWords
            ? new TagNameOutcome.Parsed(name)
            : new TagNameOutcome.Refused(0, $"too long as a path: {words} words of at most {CipPath.MaxWords}");

        static int WordsOf(int length) => 1 + ((length + 1) / 2);
    }

    private void ReadProgram()
    {
        _at = TagName.ProgramPrefix.Length;
        string? program = ReadName();
        if (program is not null && (_at == text.Length || text[_at] != '.'))
        {
            Refuse(_at, "a program alone; write Program:Name.Tag");
        }

        (_program, _at) = (program, _at + 1);
    }

    private bool ReadPart()
    {
        if (_parts.Count > 0 && _at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _bit = ReadNumber(TagName.MaxBit, "a bit is a number from 0 to 63; a name does not begin with a digit") is { } bit ? (int)bit : null;
            return _bit is not null;
        }

        string? name = ReadName();
        if (name is null)
        {
            return false;
        }

        ImmutableArray<uint>? indexes = ReadIndexes();
        if (indexes is null)
        {
            return false;
        }

        _parts.Add(new TagNamePart(name, indexes.Value));
        return true;
    }

    private string? ReadName()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or ':'))
        {
            _at++;
        }

        string name = text[start.._at];
        if (name.Length == 0)
        {
            return Refuse(start, "a name is missing; it has letters, digits and underscores");
        }

        if (char.IsAsciiDigit(name[0]) || name[0] == ':')
        {
            return Refuse(start, "a name begins with a letter or an underscore");
        }

        return name.Length > TagName.MaxPartLength
            ? Refuse(start + TagName.MaxPartLength, $"a name has at most {TagName.MaxPartLength} characters between the dots")
            : name;
    }

    private ImmutableArray<uint>? ReadIndexes()
    {
        if (_at == text.Length || text[_at] != '[')
        {
            return [];
        }

        var indexes = ImmutableArray.CreateBuilder<uint>(TagName.MaxDimensions);
        do
        {
            int start = _at++;
            if (indexes.Count == TagName.MaxDimensions)
            {
                Refuse(start, "an array has at most three indexes");
                return null;
            }

            if (ReadNumber(uint.MaxValue, "an index is a number from 0 to 4294967295") is not { } index)
            {
                return null;
            }

            indexes.Add(index);
        }
        while (_at < text.Length && text[_at] == ',');

        if (_at == text.Length || text[_at] != ']')
        {
            Refuse(_at, "the indexes do not end; write a bracket ]");
            return null;
        }

        _at++;
        return indexes.ToImmutable();
    }

    private uint? ReadNumber(uint max, string reason)
    {
        int start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        if (uint.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= max)
        {
            return number;
        }

        Refuse(start, reason);
        return null;
    }

    private string? Refuse(int position, string reason)
    {
        _refused ??= new TagNameOutcome.Refused(position, reason);
        return null;
    }
}
