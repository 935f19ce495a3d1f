using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus;

/// <summary>A reason why a configuration was refused, with its place in the file.</summary>
/// <param name="Pointer">JSON pointer into the desired properties.</param>
/// <param name="Reason">In the module's words.</param>
/// <param name="Place">Where it stands, or where it is missing.</param>
internal sealed record LocatedFault(string Pointer, string Reason, Place Place);
