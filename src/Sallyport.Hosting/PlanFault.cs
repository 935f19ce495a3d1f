namespace Sallyport.Hosting;

/// <summary>One reason why a configuration was refused.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the desired properties, for example <c>/points/chiller-1/flow/address</c>.</param>
/// <param name="Reason">One sentence: what is wrong and what would be right.</param>
public sealed record PlanFault(string Pointer, string Reason);
