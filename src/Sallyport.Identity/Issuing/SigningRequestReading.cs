namespace Sallyport.Identity.Issuing;

/// <summary>What became of reading a request. Closed.</summary>
public abstract record SigningRequestReading
{
    private SigningRequestReading()
    {
    }

    /// <summary>It is one, and whoever made it has the key.</summary>
    /// <param name="Request">What it asks for.</param>
    public sealed record Read(SigningRequest Request) : SigningRequestReading;

    /// <summary>It is none.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refused(string Reason) : SigningRequestReading;
}
