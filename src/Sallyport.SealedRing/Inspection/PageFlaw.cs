namespace Sallyport.SealedRing.Inspection;

/// <summary>What is wrong with a page that looks like a ring's.</summary>
public enum PageFlaw
{
    /// <summary>The disk would not give the block.</summary>
    Unreadable,

    /// <summary>The header is torn or was changed: its checksum or a number in it is impossible.</summary>
    Header,

    /// <summary>The header names another ring.</summary>
    OtherRing,

    /// <summary>The header says that the page belongs in another place.</summary>
    Misplaced,

    /// <summary>The tag does not fit the key: a page that was torn or changed behind its header. Seen with the key only.</summary>
    Tag,

    /// <summary>The tag fits, and what is inside is not what a ring writes. Seen with the key only.</summary>
    Content,
}
