using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>The page: one document without scripts that shows one picture of the gateway.</summary>
internal static class StatusHtml
{
    /// <summary>Seconds between two pages while it refreshes itself.</summary>
    public const int RefreshSeconds = 10;

    /// <summary>Makes the page.</summary>
    /// <param name="status">The picture.</param>
    /// <param name="gateway">Name of the gateway.</param>
    /// <param name="now">The time.</param>
    /// <param name="refreshes">Whether it asks for itself again; without, it stands still for reading.</param>
    public static string Of(GatewayStatus status, string gateway, DateTimeOffset now, bool refreshes)
    {
        var page = new Markup();
        PageFrame.Begin(page, status, gateway, now, refreshes);
        AlarmSection.Add(page, status.Alarms, now);
        ChainSection.Add(page, status);
        BufferSection.Add(page, status.Buffer);
        PostureSection.Add(page, status.Posture);
        PartTables.AddDevices(page, status.Devices, now);
        PartTables.AddModules(page, status.Modules, now);
        PartTables.AddCredentials(page, status.Credentials, now);
        EventSection.Add(page, status.Events);
        PageFrame.End(page, refreshes);
        return page.ToString();
    }
}
