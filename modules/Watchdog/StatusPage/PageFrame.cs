using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>What stands around the sections: title, verdict, ways to the sections.</summary>
internal static class PageFrame
{
    public static void Begin(Markup page, GatewayStatus status, string gateway, DateTimeOffset now, bool refreshes)
    {
        PartState state = StateOf(status, now);
        page.Add($"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">""");
        page.Add($"""<meta name="color-scheme" content="dark light"><link rel="icon" href="/icon-{state}.svg" type="image/svg+xml">""");
        if (refreshes)
        {
            page.Add($"""<meta http-equiv="refresh" content="{StatusHtml.RefreshSeconds}">""");
        }

        var headline = Headline(status, now);
        page.Add($"<title>{headline} – {gateway}</title>");
        page.Add($"""<link rel="stylesheet" href="/page.css"></head><body class="{state}"><a class="skip" href="#main">Skip to the content</a><header class="top"><p class="gateway">{gateway}</p>""");
        page.Add($"""<h1 class="verdict {state}">""");
        page.AddShape(state);
        page.Add($"""<span>{headline}</span></h1><p class="seen">""");
        if (status.At == DateTimeOffset.UnixEpoch)
        {
            page.Add($"""The Watchdog has not looked yet. Now <time datetime="{now}">{StatusWords.ForPeople(now)}</time></p>""");
        }
        else
        {
            page.Add($"""Looked <time datetime="{status.At}">{StatusWords.ForPeople(status.At)}</time>, {now - status.At} before this page</p>""");
        }

        AddNavigation(page, refreshes);
        page.Add($"""</header><main id="main">""");
    }

    public static void End(Markup page, bool refreshes)
    {
        page.Add($"""</main><footer><p>Read-only. Times are UTC. {(refreshes ? "The page asks for itself again every ten seconds." : "The page stands still.")} """);
        page.Add($"""The same for programs: <a href="/status.json">status.json</a>, and <code>sallyportctl status</code>.</p></footer></body></html>""");
    }

    /// <summary>The whole picture in one state.</summary>
    public static PartState StateOf(GatewayStatus status, DateTimeOffset now) => Verdict.Of(status, now) switch
    {
        Verdict.Well => PartState.Well,
        Verdict.Alarms => status.Alarms.Any(alarm => alarm.Severity >= EventSeverity.High) ? PartState.Broken : PartState.Attention,
        Verdict.Stale => PartState.Attention,
        _ => PartState.Unknown,
    };

    private static string Headline(GatewayStatus status, DateTimeOffset now) => Verdict.Of(status, now) switch
    {
        Verdict.Well => "All is well",
        Verdict.Alarms => AlarmSection.CountOf(status.Alarms),
        Verdict.Stale => "The picture is old",
        _ => "Not known yet",
    };

    private static void AddNavigation(Markup page, bool refreshes)
    {
        page.Add($"""<nav aria-label="Sections"><a href="#alarms">Alarms</a><a href="#chain">Chain</a><a href="#buffer">Buffer</a><a href="#posture">Posture</a>""");
        page.Add($"""<a href="#devices">Devices</a><a href="#modules">Modules</a><a href="#credentials">Certificates</a><a href="#events">Events</a>""");
        if (refreshes)
        {
            page.Add($"""<a class="act" href="/still">Stand still</a></nav>""");
        }
        else
        {
            page.Add($"""<a class="act" href="/">Refresh by itself</a></nav>""");
        }
    }
}
