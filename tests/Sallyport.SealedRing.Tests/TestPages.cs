using System.Globalization;
using System.Text;

namespace Sallyport.SealedRing.Tests;

/// <summary>Reads what a drained ring gave.</summary>
internal static class TestPages
{
    public static string Text(this SealedPage page) => Encoding.ASCII.GetString(page.Body.Span);

    public static bool IsGap(this SealedPage page) => page.Fields.Content == TestRing.GapContent;

    /// <summary>Records by sequence number.</summary>
    public static IEnumerable<(long Seq, string Text)> Records(this IEnumerable<SealedPage> pages) => pages.SelectMany(page =>
        page.Text()[1..^1].Split(';').Select((text, at) => (page.Fields.FirstSeq + at, text)));

    public static IEnumerable<(long Seq, string Text)> DataRecords(this IEnumerable<SealedPage> pages) => pages.Where(page => !page.IsGap()).Records();

    /// <summary>Ranges that gap records speak of.</summary>
    public static IEnumerable<(string Reason, long First, long Last, long Count)> Gaps(this IEnumerable<SealedPage> pages) =>
        pages.Where(IsGap).Records().Select(record =>
        {
            string[] words = record.Text.Trim('{', '}').Split(' ');
            return (words[1], Number(words[2]), Number(words[3]), Number(words[4]));
        });

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    public static bool Cover(this IEnumerable<(string Reason, long First, long Last, long Count)> gaps, long seq) =>
        gaps.Any(gap => gap.First <= seq && seq <= gap.Last);
}
