namespace Sallyport.Telemetry;

/// <summary>The stream of frames that a reader's gap belongs to.</summary>
/// <param name="Session">As in the frames.</param>
/// <param name="Source">As in the frames.</param>
/// <param name="Group">As in the frames.</param>
public sealed record GapOrigin(string Session, string Source, string Group);
