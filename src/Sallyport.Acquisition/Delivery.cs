namespace Sallyport.Acquisition;

/// <summary>What became of one attempt to send a message.</summary>
public enum Delivery
{
    /// <summary>The receiver has it.</summary>
    Acknowledged,

    /// <summary>It may or may not have arrived: the same message is sent again.</summary>
    TryAgain,

    /// <summary>It is too large: trying again cannot help.</summary>
    TooLarge,
}
