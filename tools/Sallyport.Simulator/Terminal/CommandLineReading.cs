namespace Sallyport.Simulator.Terminal;

/// <summary>What became of reading the command line.</summary>
internal abstract record CommandLineReading
{
    private CommandLineReading()
    {
    }

    /// <summary>A run.</summary>
    internal sealed record Run(SimulatorOptions Options) : CommandLineReading;

    /// <summary>The help text is wanted.</summary>
    internal sealed record Help : CommandLineReading;

    /// <summary>Something is not understood.</summary>
    internal sealed record Wrong(string Reason) : CommandLineReading;
}
