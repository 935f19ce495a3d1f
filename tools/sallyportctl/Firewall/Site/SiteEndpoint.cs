namespace Sallyport.Ctl.Firewall.Site;

/// <summary>Somebody that the gateway speaks to.</summary>
/// <param name="Host">Name or IPv4 address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Pointer">Where the site file says so.</param>
internal sealed record SiteEndpoint(string Host, int Port, string Pointer);
