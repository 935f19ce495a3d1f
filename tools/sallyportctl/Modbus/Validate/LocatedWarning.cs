namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>Something that is no fault, and where.</summary>
/// <param name="Pointer">JSON pointer into the desired properties.</param>
/// <param name="Reason">What is odd, and what it could mean.</param>
internal sealed record LocatedWarning(string Pointer, string Reason);
