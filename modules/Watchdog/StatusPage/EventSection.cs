using System.Collections.Immutable;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>The last events, newest first.</summary>
internal static class EventSection
{
    public static void Add(Markup page, ImmutableArray<RecentEvent> events)
    {
        page.Add($"""<section id="events" aria-labelledby="events-title"><h2 id="events-title">Last events</h2>""");
        if (events.IsEmpty)
        {
            page.Add($"""<p class="none">None since this module started.</p></section>""");
            return;
        }

        page.Add($"""<ol class="events">""");
        foreach (RecentEvent one in events)
        {
            PartState state = PartStates.Of(one.Severity);
            page.Add($"""<li><span class="when"><time datetime="{one.At}">{StatusWords.ForPeople(one.At)}</time> {one.Module}</span><span class="state {state}"><span class="word">""");
            page.AddShape(state);
            page.Add($"""{StatusWords.Of(one.Severity)}</span></span><span class="title">{one.Title}</span></li>""");
        }

        page.Add($"</ol></section>");
    }
}
