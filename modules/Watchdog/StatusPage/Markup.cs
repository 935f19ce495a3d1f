using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>HTML in the making. What stands in the source of this program is markup; whatever stands in a hole of an interpolated string is text, always.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a piece. There is no other way to add anything.</summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] ref Piece piece) => this;

    public override string ToString() => _text.ToString();

    private void Escape(string text)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),

                // Control characters mean nothing here, and those of direction can make a name look like another one.
                _ when char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator => _text.Append('\uFFFD'),
                _ => _text.Append(character),
            };
        }
    }

    /// <summary>One interpolated string on its way into the page.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Piece
    {
        private readonly Markup _markup;

        public Piece(int literalLength, int formattedCount, Markup markup)
        {
            _markup = markup;
            markup._text.EnsureCapacity(markup._text.Length + literalLength + formattedCount);
        }

        public void AppendLiteral(string markup) => _markup._text.Append(markup);

        public void AppendFormatted(string text) => _markup.Escape(text);

        public void AppendFormatted(int number) => _markup._text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(long number) => _markup._text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(DateTimeOffset moment) => _markup._text.Append(StatusWords.Of(moment));

        public void AppendFormatted(TimeSpan length) => _markup._text.Append(StatusWords.Of(length));

        public void AppendFormatted(PartState state) => _markup._text.Append(PartStates.WordOf(state));
    }
}
