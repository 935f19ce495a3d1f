namespace Sallyport.Ctl.Modbus;

/// <summary>The only place that knows points tables in CSV.</summary>
internal static class PointsTable
{
    /// <summary>A table says nothing of connections and units, so that nothing can be read with it alone.</summary>
    public static WrongUsageException NotAlone(string path) =>
        new($"{path} is a points table. Points tables are not understood yet: give the twin document of ModbusReader (JSON).");

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool IsMeant(string path) => string.Equals(Path.GetExtension(path), ".csv", StringComparison.OrdinalIgnoreCase);
}
