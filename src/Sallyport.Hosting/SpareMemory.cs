namespace Sallyport.Hosting;

/// <summary>Memory that a module took for work that is over.</summary>
public static class SpareMemory
{
    /// <summary>Gives it back to the operating system, in some milliseconds during which the module stands still. For the end of work that is rare and large.</summary>
    /// <remarks>A start, and reading a configuration, take several times the memory that is needed from then on; a module that then rests makes so little
    /// garbage that nothing else would give it back for hours.</remarks>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
