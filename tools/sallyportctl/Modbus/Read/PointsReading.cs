using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Modbus.Read;

/// <summary>Points with their values.</summary>
/// <param name="points">At least one.</param>
/// <param name="isOfPlan">Whether the points have names; else they are addresses of one unit.</param>
internal sealed class PointsReading(IReadOnlyList<PointResult> points, bool isOfPlan) : IReading
{
    private static readonly ImmutableArray<string> PlanColumns = ["Unit", "Point", "Table", ">Address", "Type", ">Value", "Raw"];
    private static readonly ImmutableArray<string> AddressColumns = [">Address", "Type", ">Value", "Raw"];

    /// <inheritdoc/>
    public ExitCode ExitCode => points.All(point => point.IsGood) ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public ReportTable Table => isOfPlan
        ? new ReportTable("", PlanColumns, [.. points.Select(point => (ImmutableArray<string>)[point.Unit.Name, point.Plan.Name, point.Plan.Address.Table.Name, .. Row(point)])])
        : new ReportTable($"Unit {points[0].Unit.UnitId}, {points[0].Plan.Address.Table}", AddressColumns, [.. points.Select(Row)]);

    /// <inheritdoc/>
    public IEnumerable<string> Lines =>
        from failed in points.Where(point => point.Outcome is not ReadOutcome.Good).DistinctBy(point => point.Outcome)
        select $"{(isOfPlan ? failed.Plan.Name : failed.Request)}: {ExceptionAdvice.WordsFor(failed.Outcome)}. {ExceptionAdvice.For(failed.Outcome, failed.Request)}";

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        if (isOfPlan || points.Any(point => point.Outcome is ReadOutcome.Good))
        {
            screen.Table(Table);
        }

        foreach (string line in Lines)
        {
            screen.Line(line);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("points");
        foreach (PointResult point in points)
        {
            WritePoint(json, point);
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Row(PointResult point) =>
    [
        point.Plan.Address.Address.ToString(CultureInfo.InvariantCulture), TypeOf(point), ValueOf(point), InRegisters(point.Raw),
    ];

    private static string ValueOf(PointResult point) => point.Value.Value is { } value
        ? Printable(value.ToString()) + (point.Plan.EngineeringUnit is { } unit ? $" {unit}" : "")
        : Failure(point);

    // What a device says may be anything, a terminal's commands among it.
    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '.' : letter));

    // As manuals have it: four digits are one register.
    private static string InRegisters(string raw) => string.Join(' ', raw.Chunk(4).Select(register => new string(register)));

    private static string Failure(PointResult point) => point.Outcome is ReadOutcome.Good ? point.Value.Reason! : ExceptionAdvice.WordsFor(point.Outcome);

    private static string TypeOf(PointResult point) => Vocabulary.WordFor(point.Plan.Format.Type);

    private void WritePoint(Utf8JsonWriter json, PointResult point)
    {
        json.WriteStartObject();
        if (isOfPlan)
        {
            json.WriteString("unit", point.Unit.Name);
            json.WriteString("point", point.Plan.Name);
        }
        else
        {
            json.WriteNumber("unitId", point.Unit.UnitId);
        }

        json.WriteString("table", point.Plan.Address.Table.Name);
        json.WriteNumber("address", point.Plan.Address.Address);
        json.WriteString("type", TypeOf(point));
        if (point.Value.Value is { } value)
        {
            json.WritePointValue("value", value);
        }
        else
        {
            json.WriteString("reason", Failure(point));
            json.WriteString("advice", ExceptionAdvice.For(point.Outcome, point.Request));
        }

        if (point.Plan.EngineeringUnit is { } unit)
        {
            json.WriteString("engineeringUnit", unit);
        }

        if (point.Raw.Length > 0)
        {
            json.WriteString("raw", point.Raw);
        }

        json.WriteEndObject();
    }
}
