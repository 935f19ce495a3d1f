namespace Sallyport.Simulator.Plant;

/// <summary>How the plant treats those who ask it.</summary>
/// <param name="Delay">Time between a request and its answer.</param>
/// <param name="WrongTransactionId">Answers carry another transaction id than their request.</param>
/// <param name="OneByteAtATime">Each byte of an answer goes out on its own.</param>
internal sealed record PlantManners(TimeSpan Delay, bool WrongTransactionId = false, bool OneByteAtATime = false)
{
    /// <summary>Answers at once and by the book.</summary>
    public static PlantManners Good { get; } = new(TimeSpan.Zero);
}
