namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>A flow that was refused.</summary>
/// <param name="Source">Who wanted it; it need not be true.</param>
/// <param name="Destination">Whom they wanted to reach.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Port">Port of the destination.</param>
internal sealed record DeniedFlow(string Source, string Destination, string Protocol, int Port)
{
    /// <summary>Protocol and port as people write them.</summary>
    public string Service => FormattableString.Invariant($"{Protocol}/{Port}");
}
