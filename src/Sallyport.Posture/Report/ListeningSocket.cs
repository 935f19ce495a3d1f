namespace Sallyport.Posture.Report;

/// <summary>One socket.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Address">The address that it is bound to.</param>
/// <param name="Port">Its port.</param>
/// <param name="Process">The name of a process that holds it; left out if none could be seen.</param>
public sealed record ListeningSocket(string Protocol, string Address, int Port, string? Process = null);
