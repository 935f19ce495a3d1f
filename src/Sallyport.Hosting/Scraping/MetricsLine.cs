using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Hosting.Scraping;

/// <summary>A cursor over one line: <c>name{label="value",…} value [timestamp]</c>.</summary>
internal ref struct MetricsLine(ReadOnlySpan<byte> line)
{
    private const int MaxLabels = 32;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:"u8);

    private ReadOnlySpan<byte> _rest = line.TrimStart(" \t"u8);

    /// <summary>True for HELP, TYPE, other comments and empty lines.</summary>
    public readonly bool IsComment => _rest.IsEmpty || _rest[0] == (byte)'#';

    /// <summary>Reads the line; a wanted sample is added. False if it is not well formed.</summary>
    public bool TryRead(FrozenSet<string> wanted, ImmutableArray<MetricSample>.Builder found)
    {
        if (!TryReadName(out ReadOnlySpan<byte> nameBytes))
        {
            return false;
        }

        var name = Encoding.ASCII.GetString(nameBytes);
        Dictionary<string, string>? labels = wanted.Contains(name) ? new(StringComparer.Ordinal) : null;
        if (!TryReadLabels(labels) || !TryReadValue(out var value) || !TryReadEnd())
        {
            return false;
        }

        if (labels is not null)
        {
            found.Add(new MetricSample(name, labels, value));
        }

        return true;
    }

    private bool TryReadName(out ReadOnlySpan<byte> name)
    {
        var length = _rest.IndexOfAnyExcept(NameBytes);
        length = length < 0 ? _rest.Length : length;
        name = _rest[..length];
        _rest = _rest[length..];
        return length > 0 && !char.IsAsciiDigit((char)name[0]);
    }

    private bool TryReadLabels(Dictionary<string, string>? labels)
    {
        SkipBlanks();
        if (!TryTake((byte)'{'))
        {
            return true;
        }

        for (var count = 0; count < MaxLabels; count++)
        {
            SkipBlanks();
            if (TryTake((byte)'}'))
            {
                return true;
            }

            if (!TryReadLabel(labels))
            {
                return false;
            }

            SkipBlanks();
            if (!TryTake((byte)','))
            {
                return TryTake((byte)'}');
            }
        }

        SkipBlanks();
        return TryTake((byte)'}');
    }

    private bool TryReadLabel(Dictionary<string, string>? labels)
    {
        if (!TryReadName(out ReadOnlySpan<byte> name) || name.Contains((byte)':'))
        {
            return false;
        }

        SkipBlanks();
        if (!TryTake((byte)'='))
        {
            return false;
        }

        SkipBlanks();
        if (!TryTake((byte)'"') || !TryReadQuoted(labels is not null, out var value))
        {
            return false;
        }

        return labels is null || labels.TryAdd(Encoding.ASCII.GetString(name), value);
    }

    private bool TryReadQuoted(bool isWanted, out string value)
    {
        value = "";
        var at = 0;
        var isEscaped = false;
        while (at < _rest.Length && _rest[at] != (byte)'"')
        {
            if (_rest[at] == (byte)'\\')
            {
                at++;
                isEscaped = true;
                if (at == _rest.Length || _rest[at] is not ((byte)'\\' or (byte)'"' or (byte)'n'))
                {
                    return false;
                }
            }

            at++;
        }

        if (at == _rest.Length)
        {
            return false;
        }

        if (isWanted)
        {
            value = isEscaped ? Unescape(_rest[..at]) : Encoding.UTF8.GetString(_rest[..at]);
        }

        _rest = _rest[(at + 1)..];
        return true;
    }

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var plain = new ArrayBufferWriter<byte>(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            var isEscape = escaped[at] == (byte)'\\';
            at += isEscape ? 1 : 0;
            plain.Write([isEscape && escaped[at] == (byte)'n' ? (byte)'\n' : escaped[at]]);
        }

        return Encoding.UTF8.GetString(plain.WrittenSpan);
    }

    private bool TryReadValue(out double value)
    {
        value = 0;
        ReadOnlySpan<byte> word = TakeWord();
        if (word.SequenceEqual("NaN"u8) || word.SequenceEqual("Nan"u8))
        {
            value = double.NaN;
            return true;
        }

        if (word.SequenceEqual("+Inf"u8) || word.SequenceEqual("-Inf"u8))
        {
            value = word[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return Utf8Parser.TryParse(word, out value, out var consumed) && consumed == word.Length && double.IsFinite(value);
    }

    /// <summary>Nothing more, or a time in milliseconds.</summary>
    private bool TryReadEnd()
    {
        SkipBlanks();
        if (_rest.IsEmpty)
        {
            return true;
        }

        ReadOnlySpan<byte> word = TakeWord();
        SkipBlanks();
        return _rest.IsEmpty && Utf8Parser.TryParse(word, out long _, out var consumed) && consumed == word.Length;
    }

    private ReadOnlySpan<byte> TakeWord()
    {
        SkipBlanks();
        var length = _rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = length < 0 ? _rest : _rest[..length];
        _rest = _rest[word.Length..];
        return word;
    }

    private void SkipBlanks() => _rest = _rest.TrimStart(" \t"u8);

    private bool TryTake(byte wanted)
    {
        if (_rest.IsEmpty || _rest[0] != wanted)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }
}
