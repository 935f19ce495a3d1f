using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>What became of a twin of ModbusReader whose points got a file of their own.</summary>
/// <param name="file">The twin.</param>
/// <param name="faults">What kept it from being done; empty if it was.</param>
/// <param name="points">The file of points.</param>
/// <param name="rest">The twin without its points, and with the name of the file that has them.</param>
internal sealed class TwinSplitReport(string file, ImmutableArray<LocatedFault> faults, PointsFile points, JsonObject rest) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => faults.IsEmpty ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        foreach (LocatedFault fault in faults)
        {
            screen.Note($"{file}:{fault.Place}: {fault.Pointer}: {fault.Reason}");
        }

        if (faults.IsEmpty)
        {
            screen.Note($"{points.Path} is written. It goes into the module's folder, and this is the twin that names it:");
            screen.Line(rest.ToJsonString(ImportReport.Indented));
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("file", file);
        json.WriteString("written", faults.IsEmpty ? points.Path : null);
        json.WriteStartArray("faults");
        foreach (LocatedFault fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("pointer", fault.Pointer);
            json.WriteNumber("line", fault.Place.Line);
            json.WriteNumber("column", fault.Place.Column);
            json.WriteString("reason", fault.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (faults.IsEmpty)
        {
            json.WritePropertyName("twin");
            rest.WriteTo(json);
        }
    }
}
