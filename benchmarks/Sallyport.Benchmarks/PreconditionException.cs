namespace Sallyport.Benchmarks;

/// <summary>Something that the measurement needs is not there. The message is one line that says what, and what to do.</summary>
internal sealed class PreconditionException(string message) : Exception(message);
