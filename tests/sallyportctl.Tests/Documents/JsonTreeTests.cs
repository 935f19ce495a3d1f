using System.Text;
using System.Text.Json;
using CsCheck;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Tests.Documents;

/// <summary>Places of values in JSON.</summary>
public sealed class JsonTreeTests
{
    private const string Text =
        """
        {
          "a": { "b/c": [1, {"d~e": true}], "ü": null, "x": 2 },
          "last": "text"
        }
        """;

    [Theory]
    [InlineData("", "1:1")]
    [InlineData("/a", "2:3")]
    [InlineData("/a/b~1c", "2:10")]
    [InlineData("/a/b~1c/0", "2:18")]
    [InlineData("/a/b~1c/1/d~0e", "2:22")]
    [InlineData("/a/x", "2:48")]
    [InlineData("/last", "3:3")]
    public void A_pointer_has_the_line_and_column_of_its_name(string pointer, string place) =>
        Assert.Equal(place, Parse(Text).Nearest(pointer).Place.ToString());

    [Theory]
    [InlineData("/a/missing", "/a")]
    [InlineData("/a/b~1c/7", "/a/b~1c")]
    [InlineData("/nowhere/at/all", "")]
    public void What_is_missing_is_shown_where_it_is_missing(string pointer, string shown) => Assert.Equal(shown, Parse(Text).Nearest(pointer).Pointer);

    [Fact]
    public void A_byte_order_mark_moves_nothing() =>
        Assert.Equal(new Place(1, 2), JsonTree.Parse([0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8]).Nearest("/a").Place);

    [Fact]
    public void A_name_that_stands_twice_is_shown_where_it_stands_last() => Assert.Equal(new Place(1, 9), Parse("""{"a":1, "a":2}""").Nearest("/a").Place);

    [Fact]
    public void Any_text_is_a_tree_or_not_json() =>
        Gen.String[Gen.Char["{}[]\":,0a \n\\u"], 0, 40].Sample(text =>
        {
            try
            {
                Parse(text);
            }
            catch (JsonException)
            {
                // The only thing that may happen.
            }
        });

    private static DocumentNode Parse(string text) => JsonTree.Parse(Encoding.UTF8.GetBytes(text));
}
