namespace Sallyport.Simulator.Check;

/// <summary>Names one numbered stream of frames.</summary>
/// <param name="Session">A run of the reader.</param>
/// <param name="Source">The device.</param>
/// <param name="Group">The poll group.</param>
internal readonly record struct FrameStreamKey(string Session, string Source, string Group)
{
    /// <inheritdoc />
    public override string ToString() => $"{Source}/{Group} in session {Session}";
}
