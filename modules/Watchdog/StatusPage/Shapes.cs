using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>A shape for each state, so that nobody needs to tell colours apart.</summary>
internal static class Shapes
{
    /// <summary>A circle with a tick, a triangle, an octagon with a cross, or a ring with a question mark. A word stands beside it.</summary>
    public static void AddShape(this Markup page, PartState state)
    {
        page.Add($"""<svg class="shape {state}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">""");
        AddPath(page, state);
        page.Add($"</svg>");
    }

    private static void AddPath(Markup page, PartState state)
    {
        switch (state)
        {
            case PartState.Well:
                page.Add($"""<circle class="body" cx="12" cy="12" r="10"/><path class="mark" d="M7 12.5l3.4 3.5L17 8.7"/>""");
                break;
            case PartState.Attention:
                page.Add($"""<path class="body" d="M12 2.5 23 21.5H1z"/><path class="mark" d="M12 9v6M12 18v.6"/>""");
                break;
            case PartState.Broken:
                page.Add($"""<path class="body" d="M8 1.8h8l6.2 6.2v8L16 22.2H8L1.8 16V8z"/><path class="mark" d="M8 8l8 8M16 8l-8 8"/>""");
                break;
            default:
                page.Add($"""<circle class="ring" cx="12" cy="12" r="9.5"/><path class="line" d="M9 9.4c.2-3.3 6-3.2 6 0 0 2.2-3 2.2-3 4.8M12 17.2v.6"/>""");
                break;
        }
    }
}
