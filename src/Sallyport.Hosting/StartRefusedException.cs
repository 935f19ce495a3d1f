namespace Sallyport.Hosting;

/// <summary>The module cannot start as it is configured; the process ends with exit code 2.</summary>
/// <param name="key">What to correct: an environment variable, or a file with a JSON pointer.</param>
/// <param name="reason">One sentence: what is wrong with it.</param>
public sealed class StartRefusedException(string key, string reason) : Exception($"{key}: {reason}")
{
    /// <summary>What to correct.</summary>
    public string Key { get; } = key;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
