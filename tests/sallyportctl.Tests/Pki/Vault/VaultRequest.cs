namespace Sallyport.Ctl.Tests.Pki.Vault;

/// <summary>What a vault was asked.</summary>
internal sealed record VaultRequest(string Method, string Path, string Version, string Token, string Body)
{
    public override string ToString() => $"{Method} {Path}";
}
