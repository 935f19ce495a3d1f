using System.Collections.Immutable;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>The way of data as a picture: stages, and links that hold or do not.</summary>
internal static class ChainSection
{
    public static void Add(Markup page, GatewayStatus status)
    {
        ImmutableArray<ChainStage> stages = Chain.Of(status);
        page.Add($"""<section id="chain" aria-labelledby="chain-title"><h2 id="chain-title">From controller to cloud</h2><ol class="chain">""");
        for (var at = 0; at < stages.Length; at++)
        {
            ChainStage stage = stages[at];
            if (at > 0)
            {
                AddLink(page, stages[at - 1], stage);
            }

            page.Add($"""<li class="stage {stage.State}"><p class="name">""");
            page.AddShape(stage.State);
            page.Add($"""<strong>{stage.Name}</strong></p><p class="word">{WordOf(stage.State)}</p><p class="words">{stage.Words}</p></li>""");
        }

        page.Add($"""</ol><p class="seen">The cloud last had proof of a page: """);
        if (status.Delivery.LastDelivered is { } last)
        {
            page.Add($"""<time datetime="{last}">{StatusWords.ForPeople(last)}</time>.</p></section>""");
        }
        else
        {
            page.Add($"""not since this module started.</p></section>""");
        }
    }

    /// <summary>The word for a state.</summary>
    public static string WordOf(PartState state) => state switch
    {
        PartState.Well => "Well",
        PartState.Attention => "In part",
        PartState.Broken => "Broken",
        _ => "Unknown",
    };

    private static string LinkWordOf(PartState state) => state switch
    {
        PartState.Well => "flows",
        PartState.Attention => "in part",
        PartState.Broken => "broken",
        _ => "unknown",
    };

    private static void AddLink(Markup page, ChainStage from, ChainStage to)
    {
        PartState state = Chain.Link(from, to);
        page.Add($"""<li class="link {state}"><span class="hidden">{from.Name} to {to.Name}: </span>""");
        if (state is not PartState.Well)
        {
            page.AddShape(state);
        }

        page.Add($"""<span class="word">{LinkWordOf(state)}</span></li>""");
    }
}
