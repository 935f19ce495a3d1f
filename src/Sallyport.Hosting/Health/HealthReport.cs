using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sallyport.Hosting.Health;

/// <summary>A judgement about the module, and the reason for it; the reason is empty when it is healthy.</summary>
internal sealed record HealthReport(HealthState State, string Reason)
{
    /// <summary>For example <c>{"status":"starting","reason":"no plan is in force yet"}</c>.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", State switch
            {
                HealthState.Healthy => "healthy",
                HealthState.Starting => "starting",
                _ => "unhealthy",
            });
            json.WriteString("reason", Reason);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
