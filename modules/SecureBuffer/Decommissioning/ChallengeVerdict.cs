namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>What an answer to a challenge is worth.</summary>
internal enum ChallengeVerdict
{
    /// <summary>It is right, and the challenge is used up.</summary>
    Right,

    /// <summary>There is no challenge, or it is used up.</summary>
    Absent,

    /// <summary>The challenge is too old.</summary>
    Expired,

    /// <summary>It is not the challenge.</summary>
    Wrong,

    /// <summary>It is the challenge, for another gateway.</summary>
    WrongName,
}
