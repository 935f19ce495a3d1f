namespace Sallyport.Simulator.Faults;

/// <summary>A fault for which the module needs a disk of its own.</summary>
internal interface IDiskFault
{
    /// <summary>Whose disk.</summary>
    string Module { get; }
}
