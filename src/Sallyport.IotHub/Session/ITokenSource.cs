using Sallyport.Identity;

namespace Sallyport.IotHub.Session;

/// <summary>Where the password of a connection comes from.</summary>
internal interface ITokenSource
{
    /// <summary>The token for the next connection.</summary>
    /// <exception cref="ModuleKeyException">There is none: the key could not be used.</exception>
    Task<ConnectionToken> GetAsync(CancellationToken cancellationToken);
}
