namespace Sallyport.Simulator.Cloud;

/// <summary>What a token is worth. Closed: the nested records are all there is.</summary>
internal abstract record SasVerdict
{
    private SasVerdict()
    {
    }

    public sealed record Valid(DateTimeOffset ExpiresAt) : SasVerdict;

    public sealed record Invalid(string Reason) : SasVerdict;
}
