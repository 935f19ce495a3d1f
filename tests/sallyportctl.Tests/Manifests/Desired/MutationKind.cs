namespace Sallyport.Ctl.Tests.Manifests.Desired;

/// <summary>What was done to a document.</summary>
internal enum MutationKind
{
    /// <summary>A value of another type.</summary>
    OtherType,

    /// <summary>Another value of the same type.</summary>
    OtherValue,

    /// <summary>A key that nobody knows.</summary>
    UnknownKey,

    /// <summary>Something is missing.</summary>
    LeftOut,
}
