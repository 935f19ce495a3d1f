namespace Sallyport.Identity.Keys;

/// <summary>What came of running one of the tpm2-tools.</summary>
internal abstract record TpmToolRun
{
    private TpmToolRun()
    {
    }

    /// <summary>It did what it was asked.</summary>
    internal sealed record Succeeded(string Output) : TpmToolRun;

    /// <summary>It did not, for this reason.</summary>
    internal sealed record Failed(string Reason) : TpmToolRun;
}
