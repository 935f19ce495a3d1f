using Sallyport.Identity;

namespace Sallyport.IotHub.Session;

/// <summary>The one token that the configuration gave. It is used even when it has ended: the broker's clock decides, not ours.</summary>
internal sealed class ConfiguredToken(string text, SasToken token) : ITokenSource
{
    /// <inheritdoc/>
    public Task<ConnectionToken> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ConnectionToken(text, token.ExpiresAt, life: null));
}
