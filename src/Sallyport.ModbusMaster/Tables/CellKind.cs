namespace Sallyport.ModbusMaster.Tables;

/// <summary>What a cell becomes in JSON. The column decides, never the look of the cell: a name of digits stays a text.</summary>
public enum CellKind
{
    /// <summary>A text, as it stands.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A number with a point as its decimal sign.</summary>
    Number,

    /// <summary>A list of numbers: <c>32768;65535</c>.</summary>
    Numbers,

    /// <summary>An object of numbers: <c>min=0;max=100</c>.</summary>
    NumbersByName,

    /// <summary>An object of texts: <c>0=off;1=on</c>. A backslash takes the meaning from the character behind it.</summary>
    TextsByName,

    /// <summary>A number, or a percentage: <c>0.5</c>, <c>2%</c>.</summary>
    Amount,
}
