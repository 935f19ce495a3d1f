namespace Sallyport.Posture.Report;

/// <summary>A host key.</summary>
/// <param name="File">Of the private key.</param>
/// <param name="Kind">For example <c>ssh-ed25519</c>, from the public key beside it.</param>
/// <param name="Bits">Its size.</param>
/// <param name="Written">When its file was written.</param>
public sealed record SshHostKey(string File, string Kind, int Bits, DateTimeOffset Written);
