using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sallyport.Posture.Report;

/// <summary>An enumeration as words; a number is none.</summary>
internal sealed class CamelCaseWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
