using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Posture.Report;

/// <summary>Strict: unknown and repeated members are refused, and what must be there is there.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16)]
[JsonSerializable(typeof(HostReport))]
internal sealed partial class HostReportContext : JsonSerializerContext;
