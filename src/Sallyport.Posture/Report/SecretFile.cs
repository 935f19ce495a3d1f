namespace Sallyport.Posture.Report;

/// <summary>A file or folder.</summary>
/// <param name="Path">On the host.</param>
/// <param name="Mode">Its rights in octal, for example <c>0640</c>.</param>
public sealed record SecretFile(string Path, string Mode);
