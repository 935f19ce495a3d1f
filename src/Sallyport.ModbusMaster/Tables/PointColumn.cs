namespace Sallyport.ModbusMaster.Tables;

/// <summary>One column of a points table.</summary>
/// <param name="Key">The key of a point, which is the title of the column.</param>
/// <param name="Kind">What its cells become.</param>
public sealed record PointColumn(string Key, CellKind Kind);
