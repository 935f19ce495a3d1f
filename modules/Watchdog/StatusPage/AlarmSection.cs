using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>What is wrong, since when, and what to do.</summary>
internal static class AlarmSection
{
    public static void Add(Markup page, ImmutableArray<Alarm> alarms, DateTimeOffset now)
    {
        page.Add($"""<section id="alarms" aria-labelledby="alarms-title"><h2 id="alarms-title">Alarms</h2>""");
        if (alarms.IsEmpty)
        {
            page.Add($"""<p class="none">None stands.</p></section>""");
            return;
        }

        page.Add($"""<ul class="alarms">""");
        foreach (Alarm alarm in alarms)
        {
            PartState state = PartStates.Of(alarm.Severity);
            page.Add($"""<li class="alarm {state}"><p class="what">""");
            page.AddShape(state);
            page.Add($"""<strong class="severity">{StatusWords.Of(alarm.Severity)}</strong> <span class="title">{alarm.Title}</span></p><p class="do">{alarm.Remedy}</p>""");
            page.Add($"""<p class="since">For {now - alarm.Since}, since <time datetime="{alarm.Since}">{StatusWords.ForPeople(alarm.Since)}</time>. """);
            if (alarm.AcknowledgedAt is { } at)
            {
                page.Add($"""Acknowledged <time datetime="{at}">{StatusWords.ForPeople(at)}</time>.</p></li>""");
            }
            else
            {
                page.Add($"""<strong>Not acknowledged.</strong></p></li>""");
            }
        }

        page.Add($"</ul></section>");
    }

    /// <summary>For example <c>3 alarms, the worst is critical</c>.</summary>
    public static string CountOf(ImmutableArray<Alarm> alarms)
    {
        EventSeverity worst = alarms.Max(alarm => alarm.Severity);
        return alarms.Length == 1
            ? $"1 alarm, {StatusWords.Of(worst)}"
            : string.Create(CultureInfo.InvariantCulture, $"{alarms.Length} alarms, the worst is {StatusWords.Of(worst)}");
    }
}
