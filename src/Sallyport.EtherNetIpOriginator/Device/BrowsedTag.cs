using Sallyport.EtherNetIp.Browsing;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>A tag that a controller has.</summary>
/// <param name="Program">The program that it belongs to, without prefix; null if it belongs to the controller.</param>
/// <param name="Symbol">What the controller says of it.</param>
public sealed record BrowsedTag(string? Program, SymbolEntry Symbol)
{
    /// <summary>Its name as it is configured.</summary>
    public string Name => Program is null ? Symbol.Name : $"Program:{Program}.{Symbol.Name}";
}
