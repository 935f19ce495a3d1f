namespace Sallyport.BatchVerification.Content;

/// <summary>Names one numbered stream of frames.</summary>
/// <param name="Session">A run of the reader.</param>
/// <param name="Source">The device.</param>
/// <param name="Group">The poll group.</param>
public readonly record struct FrameStreamName(string Session, string Source, string Group)
{
    /// <summary>For people.</summary>
    public override string ToString() => $"{Source}/{Group} in session {Session}";
}
