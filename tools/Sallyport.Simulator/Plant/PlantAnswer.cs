namespace Sallyport.Simulator.Plant;

/// <summary>The answer to one request.</summary>
/// <param name="Pdu">Function code and what follows it.</param>
/// <param name="Drawn">Unique values inside, to be entered in the ledger once the answer is on the wire.</param>
internal sealed record PlantAnswer(byte[] Pdu, IReadOnlyList<ServedValue> Drawn);
