using System.Globalization;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>How full the ring is, and for how long there is room.</summary>
internal static class BufferSection
{
    public static void Add(Markup page, BufferStatus buffer)
    {
        page.Add($"""<section id="buffer" aria-labelledby="buffer-title"><h2 id="buffer-title">Buffer</h2>""");
        if (double.IsNaN(buffer.UsedShare))
        {
            page.Add($"""<p class="none">Nobody knows how full it is.</p></section>""");
            return;
        }

        var percent = (int)Math.Floor(Math.Clamp(buffer.UsedShare, 0, 1) * 100);
        page.Add($"""<svg class="level" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="room" width="100" height="6"/>""");
        page.Add($"""<rect class="used" width="{percent}" height="6"/></svg><dl class="facts"><div><dt>Used</dt><dd>{percent} %</dd></div>""");
        page.Add($"""<div><dt>Waiting</dt><dd>{Grouped(buffer.WaitingRecords)} records</dd></div><div><dt>Full in</dt><dd>""");
        if (buffer.TimeToFull is { } left)
        {
            page.Add($"""{left} at the present rate</dd></div>""");
        }
        else
        {
            page.Add($"""It does not grow</dd></div>""");
        }

        page.Add($"""<div><dt>Lost since it was made</dt><dd>{Grouped(buffer.LostRecords)} records</dd></div></dl></section>""");
    }

    private static string Grouped(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
