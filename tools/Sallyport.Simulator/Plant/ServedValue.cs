namespace Sallyport.Simulator.Plant;

/// <summary>One unique value that the plant gave out.</summary>
/// <param name="Point">Where it was read.</param>
/// <param name="Order">Place among all values of the plant, counted from 0.</param>
/// <param name="Value">Never given out before, by any point.</param>
internal sealed record ServedValue(PlantPoint Point, long Order, uint Value);
