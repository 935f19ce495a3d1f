namespace Sallyport.Modbus;

/// <summary>Where a value is found in the reply to a planned request.</summary>
/// <param name="Index">Position of the point in the list that was planned.</param>
/// <param name="Offset">Addresses between the first of the request and the first of the value.</param>
public readonly record struct PlannedPoint(int Index, int Offset);
