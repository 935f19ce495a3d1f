using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>Makes files of points.</summary>
internal static class PointsTarget
{
    /// <summary>The points as a file; the name decides on the form.</summary>
    /// <param name="path">The file; null for JSON without a name.</param>
    /// <param name="points">The object that stands under <c>points</c>.</param>
    /// <param name="faults">What a table cannot hold; the file is of no use then.</param>
    public static PointsFile Make(string? path, JsonElement points, out ImmutableArray<PlanFault> faults)
    {
        faults = [];
        if (path is null || !PointsFile.IsTable(path))
        {
            return new PointsFile(path ?? "", IsJson: true, PointsDocument.Write(points));
        }

        var table = new ArrayBufferWriter<byte>();
        faults = PointTableWriter.Write(points, table);
        return new PointsFile(path, IsJson: false, table.WrittenMemory);
    }

    /// <summary>The twin without its points, and with the name of the file that has them.</summary>
    public static JsonObject Without(JsonObject twin, PointsFile points)
    {
        JsonObject rest = twin.DeepClone().AsObject();
        rest.Remove(TwinDraft.Points);
        rest["pointsFile"] = points.Reference();
        return rest;
    }
}
