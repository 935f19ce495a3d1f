using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>How the box is hardened.</summary>
internal static class PostureSection
{
    public static void Add(Markup page, PostureSummary? posture)
    {
        page.Add($"""<section id="posture" aria-labelledby="posture-title"><h2 id="posture-title">Posture</h2>""");
        if (posture is null)
        {
            page.Add($"""<p class="none">No check was made yet.</p></section>""");
            return;
        }

        page.Add($"""<dl class="facts"><div><dt>Score</dt><dd>{posture.Score} of 100</dd></div><div><dt>Passed</dt><dd>{posture.Passed}</dd></div>""");
        page.Add($"""<div><dt>Failed</dt><dd>{posture.Failed}</dd></div><div><dt>Cannot tell</dt><dd>{posture.Unknown}</dd></div>""");
        page.Add($"""<div><dt>Not applicable</dt><dd>{posture.NotApplicable}</dd></div><div><dt>Checked</dt><dd><time datetime="{posture.At}">{StatusWords.ForPeople(posture.At)}</time></dd></div></dl>""");
        page.Add($"""<p class="seen">What failed and what to do: <code>sallyportctl posture show</code>.</p></section>""");
    }
}
