using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>The small picture on the tab of a browser: shape and colour of the whole.</summary>
internal static class PageIcon
{
    public static string Of(PartState state) => $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{Shape(state)}</svg>""";

    private static string Shape(PartState state) => state switch
    {
        PartState.Well => """<circle cx="12" cy="12" r="11" fill="#1f9d5b"/>""",
        PartState.Attention => """<path d="M12 1 23.5 22.5H.5z" fill="#e0a100"/>""",
        PartState.Broken => """<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" fill="#d93a2f"/>""",
        _ => """<circle cx="12" cy="12" r="9" fill="none" stroke="#8a96a3" stroke-width="4"/>""",
    };
}
