using Azure.Core;

namespace Sallyport.Ctl.Tests.Pki.Vault;

/// <summary>Somebody who is signed in; remembers what for.</summary>
internal sealed class VaultCredential : TokenCredential
{
    public const string Token = "a-token-of-the-tests";

    public TokenRequestContext Asked { get; private set; }

    /// <summary>Thrown instead of a token.</summary>
    public Exception? Fault { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Fault is not null ? throw Fault : new AccessToken(Token, TimeProvider.System.GetUtcNow().AddHours(1));

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Asked = requestContext;
        return ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
