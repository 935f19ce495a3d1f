using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Sallyport.Ctl.Documents;

/// <summary>Reads TOML into nodes that know their place.</summary>
internal static class TomlTree
{
    /// <summary>Reads a document.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file that it is from: errors name it.</param>
    /// <exception cref="WrongUsageException">It is not TOML.</exception>
    public static DocumentNode Parse(string text, string path)
    {
        DocumentSyntax document = SyntaxParser.Parse(text, path, validate: true);
        if (document.HasErrors)
        {
            DiagnosticMessage error = document.Diagnostics.First(message => message.Kind is DiagnosticMessageKind.Error);
            throw new WrongUsageException($"{path}:{PlaceOf(error.Span)}: it is not TOML: {error.Message}");
        }

        var root = new DocumentNode("", new Place(1, 1)) { IsObject = true };
        AddAll(root, document.KeyValues);
        foreach (TableSyntaxBase table in document.Tables)
        {
            AddAll(Open(root, table), table.Items);
        }

        return root;
    }

    /// <summary>The table that a header names; a new element if it is the header of an array.</summary>
    private static DocumentNode Open(DocumentNode root, TableSyntaxBase table)
    {
        string[] names = [.. NamesOf(table.Name!)];
        Place place = PlaceOf(table.Span);
        DocumentNode at = names[..^1].Aggregate(root, (parent, name) => Last(parent[name] ?? parent.Set(name, NewTable(parent.Below(name), place))));
        string last = names[^1];
        if (table is not TableArraySyntax)
        {
            return Last(at[last] ?? at.Set(last, NewTable(at.Below(last), place)));
        }

        DocumentNode array = at[last] ?? at.Set(last, new DocumentNode(at.Below(last), place) { IsArray = true });
        DocumentNode element = NewTable(array.Below(array.Items.Count.ToString(CultureInfo.InvariantCulture)), place);
        array.Add(element);
        return element;
    }

    // A header that goes through an array of tables means its last element.
    private static DocumentNode Last(DocumentNode node) => node.IsArray ? node.Items[^1] : node;

    private static void AddAll(DocumentNode table, IEnumerable<KeyValueSyntax> members)
    {
        foreach (KeyValueSyntax member in members)
        {
            string[] names = [.. NamesOf(member.Key!)];
            Place place = PlaceOf(member.Span);
            DocumentNode at = names[..^1].Aggregate(table, (parent, name) => parent[name] ?? parent.Set(name, NewTable(parent.Below(name), place)));
            at.Set(names[^1], NodeOf(member.Value!, at.Below(names[^1]), place));
        }
    }

    private static DocumentNode NodeOf(ValueSyntax value, string pointer, Place place)
    {
        switch (value)
        {
            case InlineTableSyntax inline:
                DocumentNode table = NewTable(pointer, place);
                AddAll(table, inline.Items.Select(item => item.KeyValue!));
                return table;
            case ArraySyntax syntax:
                var array = new DocumentNode(pointer, place) { IsArray = true };
                foreach (ArrayItemSyntax item in syntax.Items)
                {
                    string below = array.Below(array.Items.Count.ToString(CultureInfo.InvariantCulture));
                    array.Add(NodeOf(item.Value!, below, PlaceOf(item.Value!.Span)));
                }

                return array;
            default:
                return new DocumentNode(pointer, place) { Text = TextOf(value) };
        }
    }

    private static string? TextOf(ValueSyntax value) => value switch
    {
        StringValueSyntax text => text.Value,
        IntegerValueSyntax number => number.Value.ToString(CultureInfo.InvariantCulture),
        FloatValueSyntax number => number.Value.ToString(CultureInfo.InvariantCulture),
        BooleanValueSyntax flag => flag.Value ? "true" : "false",
        _ => value.ToString().Trim(),
    };

    private static IEnumerable<string> NamesOf(KeySyntax key) => key.DotKeys.Select(dotted => NameOf(dotted.Key!)).Prepend(NameOf(key.Key!));

    private static string NameOf(BareKeyOrStringValueSyntax name) => name is StringValueSyntax quoted ? quoted.Value! : ((BareKeySyntax)name).Key!.Text!;

    private static DocumentNode NewTable(string pointer, Place place) => new(pointer, place) { IsObject = true };

    private static Place PlaceOf(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);
}
