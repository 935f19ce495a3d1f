namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>What clients may do with a tag or member.</summary>
internal enum ExternalAccess
{
    /// <summary>Read and write.</summary>
    ReadWrite = 0,

    /// <summary>Read.</summary>
    ReadOnly = 2,

    /// <summary>Nothing.</summary>
    None = 3,
}
