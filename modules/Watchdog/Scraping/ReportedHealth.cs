using System.Text.Json;

namespace Sallyport.Watchdog.Scraping;

/// <summary>A module's health report.</summary>
/// <param name="Word">What it comes to.</param>
/// <param name="Reason">As the module says it; empty when it is healthy.</param>
internal sealed record ReportedHealth(HealthWord Word, string Reason)
{
    private const int LongestReason = 300;

    /// <summary>There is none.</summary>
    public static ReportedHealth None { get; } = new(HealthWord.None, "");

    /// <summary>Reads <c>{"status":"…","reason":"…"}</c>; anything else is no report.</summary>
    public static ReportedHealth Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || Text(root, "status") is not { } status)
            {
                return None;
            }

            var reason = Text(root, "reason") ?? "";
            reason = reason.Length > LongestReason ? reason[..LongestReason] : reason;
            return status switch
            {
                "healthy" => new ReportedHealth(HealthWord.Healthy, ""),
                "starting" => new ReportedHealth(HealthWord.Starting, reason),
                "unhealthy" => new ReportedHealth(HealthWord.Unhealthy, reason),
                _ => None,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement member) && member.ValueKind is JsonValueKind.String ? member.GetString() : null;
}
