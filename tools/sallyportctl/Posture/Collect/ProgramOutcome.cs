namespace Sallyport.Ctl.Posture.Collect;

/// <summary>What became of asking a program of the host.</summary>
internal abstract record ProgramOutcome
{
    private ProgramOutcome()
    {
    }

    /// <summary>It ended well.</summary>
    /// <param name="Output">What it said on standard output.</param>
    public sealed record Said(string Output) : ProgramOutcome;

    /// <summary>It did not.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Failed(string Reason) : ProgramOutcome;

    /// <summary>The host does not have it.</summary>
    public sealed record Missing : ProgramOutcome;
}
