namespace Sallyport.Posture.Report;

/// <summary>The digest of one thing that the host is configured with.</summary>
/// <param name="Name"><c>edge-daemon</c> (its configuration file) or <c>firewall</c> (the rules that are loaded).</param>
/// <param name="Digest">HMAC-SHA-256 with the host's machine id as key, hexadecimal, or <c>absent</c>. Without that id nobody can try contents, so a PIN in a file is safe.</param>
public sealed record ConfigurationDigest(string Name, string Digest);
