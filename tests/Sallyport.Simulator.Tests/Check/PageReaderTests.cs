using System.Collections.Frozen;
using Sallyport.Simulator.Check;
using Sallyport.Telemetry;
using static Sallyport.Simulator.Tests.Check.Pages;

namespace Sallyport.Simulator.Tests.Check;

public sealed class PageReaderTests
{
    private readonly Findings _findings = new();

    [Fact]
    public void A_page_is_read_with_its_numbers_and_records()
    {
        var page = PageReader.Read(Of(3, 17, 0, Frame(0, 101), ReaderGap(1, 1, 1)), _findings);
        Assert.NotNull(page);
        Assert.Equal((Pages.Buffer, 1L, "E1", 3L, 17L, 19L), (page.Buffer, page.Epoch, page.EpochId, page.Number, page.FirstSeq, page.NextSeq));
        Assert.IsType<PageRecord.OfFrame>(page.Records[0]);
        Assert.IsType<PageRecord.OfGap>(page.Records[1]);
    }

    [Theory]
    [InlineData(MessageProperties.Source, null)]
    [InlineData(MessageProperties.Schema, null)]
    [InlineData(MessageProperties.MessageType, "gossip")]
    [InlineData(MessageProperties.Buffer, null)]
    [InlineData(MessageProperties.Epoch, "1")]
    [InlineData(MessageProperties.Epoch, "x:y:0")]
    [InlineData(MessageProperties.Page, "-1")]
    [InlineData(MessageProperties.Sequence, "one")]
    [InlineData(MessageProperties.Count, "2")]
    [InlineData(MessageProperties.Lost, null)]
    public void A_property_that_is_missing_or_wrong_is_a_finding(string name, string? value)
    {
        var good = Of(0, 0, 0, Frame(0, 101));
        var properties = good.Message.Properties.Where(property => !string.Equals(property.Key, name, StringComparison.Ordinal)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (value is not null)
        {
            properties[name] = value;
        }

        var bad = good with { Message = good.Message with { Properties = properties.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) } };
        Assert.Null(PageReader.Read(bad, _findings));
        Assert.Equal(1, _findings[FindingKind.Malformed]);
    }

    [Theory]
    [InlineData("""{"schema":"sallyport.frame/1"}""")]
    [InlineData("""{"schema":"sallyport.unknown/1"}""")]
    [InlineData("""{"other":1}""")]
    public void A_record_that_is_not_what_it_says_is_a_finding(string record)
    {
        Assert.Null(PageReader.Read(Of(0, 0, 0, System.Text.Encoding.UTF8.GetBytes(record)), _findings));
        Assert.Equal(1, _findings[FindingKind.Malformed]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"schema":"sallyport.batch/1","frames":[]}""")]
    public void A_body_that_is_no_batch_is_a_finding(string body)
    {
        var good = Of(0, 0, 0, Frame(0, 101));
        var bad = good with { Message = good.Message with { Body = System.Text.Encoding.UTF8.GetBytes(body) } };
        Assert.Null(PageReader.Read(bad, _findings));
        Assert.Equal(1, _findings[FindingKind.Malformed]);
    }
}
