using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>A part of a tag's memory that is not the same at each read. Closed: it lives, or it is unique.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">How many.</param>
internal abstract record LiveCell(int Offset, int Length)
{
    /// <summary>Moves with the plant's running time.</summary>
    internal sealed record Living(int Offset, int Length, Action<Span<byte>, TimeSpan> Write) : LiveCell(Offset, Length);

    /// <summary>A DINT that never has the same value twice.</summary>
    internal sealed record Unique(int Offset, PlantPoint Point) : LiveCell(Offset, sizeof(int));
}
