using Sallyport.Identity;

namespace Sallyport.IotHub.Session;

/// <summary>A new token for each connection, signed with the identity's key.</summary>
internal sealed class MintedTokens(SasTokenMint mint, TimeSpan life) : ITokenSource
{
    /// <inheritdoc/>
    public async Task<ConnectionToken> GetAsync(CancellationToken cancellationToken)
    {
        MintedToken token = await mint.MintAsync(life, cancellationToken);
        return new ConnectionToken(token.Reveal(), token.ExpiresAt, token.ExpiresAt - token.IssuedAt);
    }
}
