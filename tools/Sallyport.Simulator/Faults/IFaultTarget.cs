namespace Sallyport.Simulator.Faults;

/// <summary>What faults act on: the simulation, or in tests a list of what was done.</summary>
internal interface IFaultTarget
{
    /// <summary>Breaks something.</summary>
    Task BreakAsync(Fault fault, CancellationToken cancellationToken);

    /// <summary>Makes it whole again. Called once for each break, also when the run ends first.</summary>
    Task MendAsync(Fault fault);
}
