namespace Sallyport.Posture.Report;

/// <summary>One account.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UserId">Its number.</param>
/// <param name="HasShell">Whether its shell lets somebody work.</param>
/// <param name="Password">What kind of password it has.</param>
public sealed record Account(string Name, int UserId, bool HasShell, PasswordKind Password);
