namespace Sallyport.Ctl;

/// <summary>The command cannot be carried out as it was given. The message is one line that says what to do.</summary>
internal sealed class WrongUsageException(string reason) : Exception(reason);
