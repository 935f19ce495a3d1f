using System.Text.Json;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Methods;

/// <summary>What the answer says of a point that was read for one caller.</summary>
public static class PointAnswer
{
    /// <summary>point, value if there is one, quality, status, reason if there is none, time.</summary>
    public static void Write(Utf8JsonWriter json, Point point, DateTimeOffset now)
    {
        json.WriteString("point", point.Name);
        if (point.Value is { } value)
        {
            json.WritePointValue("value", value);
        }

        json.WriteString("quality", point.Status.Severity.ToString());
        json.WriteString("status", point.Status.Symbol);
        if (point.Reason is not null)
        {
            json.WriteString("reason", point.Reason);
        }

        json.WriteString("time", now.UtcDateTime);
    }
}
