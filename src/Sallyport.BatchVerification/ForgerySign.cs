namespace Sallyport.BatchVerification;

/// <summary>Why a batch is not what a ring sealed.</summary>
public enum ForgerySign
{
    /// <summary>A property is missing or has not the one form that it may have, or the sealed body is no batch. A batch without a seal is one of these.</summary>
    Malformed,

    /// <summary>No announcement brought the root of its chain, or it brought it for another ring. If one comes later, judge the batch again.</summary>
    UnknownKey,

    /// <summary>The seal is not the one that its key gives: something was changed.</summary>
    BadSeal,

    /// <summary>Its page or epoch lies so far from all that was proven that finding its key would cost too much. Nothing else was looked at.</summary>
    TooFar,
}
