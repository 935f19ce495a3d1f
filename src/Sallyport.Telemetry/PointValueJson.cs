using System.Text.Json;

namespace Sallyport.Telemetry;

/// <summary>Values the way all messages and answers of direct methods have them.</summary>
public static class PointValueJson
{
    /// <summary>Writes a value as a member. An integer beyond 2^53 becomes a string, because most readers of JSON would round it.</summary>
    /// <param name="writer">Inside an object.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="value">A finite one.</param>
    public static void WritePointValue(this Utf8JsonWriter writer, string name, PointValue value)
    {
        switch (value.Kind)
        {
            case PointValueKind.Flag:
                writer.WriteBoolean(name, value.AsBoolean());
                break;
            case PointValueKind.SignedInteger
                when value.AsInt64() is >= -PointValue.LargestJsonInteger and <= PointValue.LargestJsonInteger:
                writer.WriteNumber(name, value.AsInt64());
                break;
            case PointValueKind.UnsignedInteger when value.AsUInt64() <= PointValue.LargestJsonInteger:
                writer.WriteNumber(name, value.AsUInt64());
                break;
            case PointValueKind.SinglePrecision:
                writer.WriteNumber(name, value.AsSingle());
                break;
            case PointValueKind.DoublePrecision:
                writer.WriteNumber(name, value.AsDouble());
                break;
            default:
                writer.WriteString(name, value.ToString());
                break;
        }
    }
}
