using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Simulator.Check;

/// <summary>The verdict as one line of JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class CheckReportJson : JsonSerializerContext
{
    /// <summary>Writes the line.</summary>
    public static string Write(CheckReport report) => JsonSerializer.Serialize(report, Default.CheckReport);
}
