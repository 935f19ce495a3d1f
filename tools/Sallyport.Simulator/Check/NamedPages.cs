using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>Pages that something befell, by the numbers that they give themselves.</summary>
/// <param name="What">What befell them.</param>
/// <param name="Buffer">Identity of the ring.</param>
/// <param name="FirstPage">First page.</param>
/// <param name="LastPage">Last page.</param>
/// <param name="FirstSeq">First record.</param>
/// <param name="LastSeq">Last record.</param>
internal sealed record NamedPages(PageFault What, string Buffer, long FirstPage, long LastPage, long FirstSeq, long LastSeq)
{
    /// <summary>The page of one message; numbers that it does not give are -1.</summary>
    public static NamedPages Of(PageFault what, HubMessage message)
    {
        var page = Number(message, MessageProperties.Page);
        var seq = Number(message, MessageProperties.Sequence);
        var buffer = message.Properties.GetValueOrDefault(MessageProperties.Buffer, string.Empty);
        return new(what, buffer, page, page, seq, seq + Number(message, MessageProperties.Count) - 1);
    }

    /// <summary>Each page and each record by itself, so that ranges can be compared that were put together differently.</summary>
    public IEnumerable<(PageFault What, string Buffer, bool IsPage, long Number)> Numbers() =>
        Range(FirstPage, LastPage).Select(page => (What, Buffer, true, page)).Concat(Range(FirstSeq, LastSeq).Select(seq => (What, Buffer, false, seq)));

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(FirstPage == LastPage ? $"page {FirstPage}, " : FirstPage < LastPage ? $"pages {FirstPage} to {LastPage}, " : string.Empty)}records {FirstSeq} to {LastSeq} of {Buffer}");

    private static IEnumerable<long> Range(long first, long last) => Enumerable.Range(0, (int)Math.Clamp(last - first + 1, 0, int.MaxValue)).Select(at => first + at);

    private static long Number(HubMessage message, string name) =>
        long.TryParse(message.Properties.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
