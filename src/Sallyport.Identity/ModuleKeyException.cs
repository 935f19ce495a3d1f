namespace Sallyport.Identity;

/// <summary>The module's key could not be used. The message says why, and never contains key material.</summary>
public sealed class ModuleKeyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ModuleKeyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
