using System.Text;
using System.Text.Json;

namespace Sallyport.Ctl.Documents;

/// <summary>Reads JSON into nodes that know their place.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _countedTo;
    private int _lineStart;
    private int _line;

    private JsonTree(ReadOnlySpan<byte> text)
    {
        _text = text;
        _line = 1;
        _reader = new Utf8JsonReader(text);
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static DocumentNode Parse(ReadOnlySpan<byte> utf8)
    {
        var tree = new JsonTree(utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8);
        tree._reader.Read();
        DocumentNode root = tree.Node("", tree.Here());
        tree._reader.Read();
        return root;
    }

    private DocumentNode Node(string pointer, Place place)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(new DocumentNode(pointer, place) { IsObject = true });
            case JsonTokenType.StartArray:
                return Array(new DocumentNode(pointer, place) { IsArray = true });
            case JsonTokenType.String:
                return new DocumentNode(pointer, place) { Text = Decoded() };
            case JsonTokenType.Null:
                return new DocumentNode(pointer, place);
            default:
                return new DocumentNode(pointer, place) { Text = Encoding.UTF8.GetString(_reader.ValueSpan) };
        }
    }

    private DocumentNode Object(DocumentNode node)
    {
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndObject)
        {
            string name = Decoded();
            Place place = Here();
            _reader.Read();
            node.Set(name, Node(node.Below(name), place));
        }

        return node;
    }

    private DocumentNode Array(DocumentNode node)
    {
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            node.Add(Node(node.Below(node.Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), Here()));
        }

        return node;
    }

    private readonly string Decoded()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON, and yet no text. The module calls such a name so as well.
            return "\uFFFD";
        }
    }

    private Place Here()
    {
        int offset = (int)_reader.TokenStartIndex;
        int lines = _text[_countedTo..offset].Count((byte)'\n');
        if (lines > 0)
        {
            _line += lines;
            _lineStart = _text[..offset].LastIndexOf((byte)'\n') + 1;
        }

        _countedTo = offset;
        return new Place(_line, Encoding.UTF8.GetCharCount(_text[_lineStart..offset]) + 1);
    }
}
