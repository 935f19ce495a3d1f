using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Points with their values.</summary>
internal sealed class PointReading(IReadOnlyList<PointResult> points) : IReading
{
    /// <inheritdoc/>
    public ExitCode ExitCode => points.All(point => point.IsGood) ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public ReportTable Table => new("", ["Unit", "Point", "Table", ">Address", "Type", ">Value", "Raw"], [.. points.Select(Row)]);

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Table(Table);
        foreach (var failed in points.Where(point => point.Outcome is not ReadOutcome.Good).DistinctBy(point => point.Outcome))
        {
            screen.Line($"{failed.Plan.Name}: {ExceptionAdvice.WordsFor(failed.Outcome)}. {ExceptionAdvice.For(failed.Outcome, failed.Request)}");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("points");
        foreach (PointResult point in points)
        {
            json.WriteStartObject();
            json.WriteString("unit", point.Unit.Name);
            json.WriteString("point", point.Plan.Name);
            json.WriteString("table", point.Plan.Address.Table.Name);
            json.WriteNumber("address", point.Plan.Address.Address);
            json.WriteString("type", TypeOf(point));
            if (point.IsGood)
            {
                WriteValue(json, point.Value.Value!.Value);
                json.WriteString("raw", point.Raw);
            }
            else
            {
                json.WriteString("reason", Failure(point));
                json.WriteString("advice", ExceptionAdvice.For(point.Outcome, point.Request));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Row(PointResult point) =>
    [
        point.Unit.Name, point.Plan.Name, point.Plan.Address.Table.Name, point.Plan.Address.Address.ToString(CultureInfo.InvariantCulture), TypeOf(point),
        point.IsGood ? point.Value.Value!.Value.ToString() : Failure(point), point.Raw,
    ];

    private static string Failure(PointResult point) => point.Outcome is ReadOutcome.Good ? point.Value.Reason! : ExceptionAdvice.WordsFor(point.Outcome);

    private static string TypeOf(PointResult point) => Vocabulary.WordFor(point.Plan.Format.Type);

    private static void WriteValue(Utf8JsonWriter json, PointValue value)
    {
        switch (value.Kind)
        {
            case PointValueKind.Flag:
                json.WriteBoolean("value", value.AsBoolean());
                break;
            case PointValueKind.Text:
                json.WriteString("value", value.AsText());
                break;
            default:
                json.WritePropertyName("value");
                json.WriteRawValue(value.ToString());
                break;
        }
    }
}
