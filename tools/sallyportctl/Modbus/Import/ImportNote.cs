using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>What became of a part of the foreign configuration.</summary>
/// <param name="Path">JSON pointer of the part.</param>
/// <param name="Place">Line and column.</param>
/// <param name="IsLoss">Whether the part was not taken over; else it was, with a remark.</param>
/// <param name="Reason">Why.</param>
internal sealed record ImportNote(string Path, Place Place, bool IsLoss, string Reason);
