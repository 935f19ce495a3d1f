using System.Text;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Hosting.Tests;

public sealed class DesiredDocumentTests
{
    [Theory]
    [InlineData("""{"b":{"d":1.50,"c":[1,{"y":null,"x":true}]},"a":"ü"}""")]
    [InlineData("""{ "a": "\u00FC", "b": { "c": [ 1, { "x": true, "y": null } ], "d": 1.50 } }""")]
    public void The_same_document_has_the_same_canonical_form_and_hash_however_it_is_written(string json)
    {
        Assert.True(DesiredDocument.TryParse(Encoding.UTF8.GetBytes(json), out DesiredDocument? document, out _));
        Assert.Equal("""{"a":"\u00FC","b":{"c":[1,{"x":true,"y":null}],"d":1.50}}""", Encoding.UTF8.GetString(document.Canonical.Span));
    }

    [Fact]
    public void The_hash_is_the_beginning_of_SHA_256_over_the_canonical_form()
    {
        Assert.True(DesiredDocument.TryParse("""{ "intervalMs": 250 }"""u8.ToArray(), out DesiredDocument? document, out _));
        Assert.Equal("e5b280fa01f7fc23", document.Hash);
    }

    [Fact]
    public void A_name_that_stands_twice_stays_visible_to_the_reader()
    {
        Assert.True(DesiredDocument.TryParse("""{"a":1,"a":2}"""u8.ToArray(), out DesiredDocument? document, out _));
        Assert.Equal(2, document.Root.EnumerateObject().Count());
    }

    [Fact]
    public void A_document_of_exactly_32_KiB_is_taken_and_one_byte_more_is_not()
    {
        string frame = """{"note":""}""";
        string fits = $$"""{"note":"{{new string('x', DesiredDocument.MaxSizeInBytes - frame.Length)}}"}""";
        Assert.True(DesiredDocument.TryParse(Encoding.UTF8.GetBytes(fits), out _, out _));
        Assert.False(DesiredDocument.TryParse(
            Encoding.UTF8.GetBytes(fits.Replace("note", "notes", StringComparison.Ordinal)), out _, out PlanFault? fault));
        Assert.Equal(new PlanFault("", "The document has 32769 bytes; at most 32768 are possible."), fault);
    }

    [Fact]
    public void White_space_does_not_count()
    {
        string json = "{" + new string(' ', 100_000) + "}";
        Assert.True(DesiredDocument.TryParse(Encoding.UTF8.GetBytes(json), out _, out _));
    }

    [Theory]
    [InlineData("{\"a\":1,}")]
    [InlineData("// no\n{}")]
    [InlineData("{} {}")]
    [InlineData("\"\\ud800\"x")]
    public void What_is_not_JSON_is_refused_at_the_root(string text)
    {
        Assert.False(DesiredDocument.TryParse(Encoding.UTF8.GetBytes(text), out _, out PlanFault? fault));
        Assert.Equal("", fault.Pointer);
        Assert.StartsWith("It is not JSON: ", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_is_nested_too_deeply_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"a":""", 70)) + "1" + new string('}', 70);
        Assert.False(DesiredDocument.TryParse(Encoding.UTF8.GetBytes(deep), out _, out PlanFault? fault));
        Assert.Equal("", fault.Pointer);
    }
}
