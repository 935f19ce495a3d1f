namespace Sallyport.SecureBuffer.Tests;

/// <summary>The process ends here: nothing of it runs any more.</summary>
internal sealed class KilledException : Exception;
