using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Check;

/// <summary>A point of the deployment that reads unique values of the plant.</summary>
/// <param name="Source">The device, as the configuration names it.</param>
/// <param name="Group">Its poll group.</param>
/// <param name="Name">Its name in frames.</param>
/// <param name="At">Where the plant has it.</param>
internal sealed record UniquePoint(string Source, string Group, string Name, PlantPoint At);
