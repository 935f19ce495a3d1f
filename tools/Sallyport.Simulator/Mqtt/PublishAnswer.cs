namespace Sallyport.Simulator.Mqtt;

/// <summary>What becomes of a PUBLISH. Closed: the nested records are all there is.</summary>
internal abstract record PublishAnswer
{
    private PublishAnswer()
    {
    }

    /// <summary>Acknowledge it.</summary>
    public sealed record Acknowledge : PublishAnswer
    {
        public static Acknowledge Instance { get; } = new();
    }

    /// <summary>Acknowledge it, and only then run something, such as sending an answer.</summary>
    /// <param name="RunAsync">Not waited for by the connection.</param>
    public sealed record AcknowledgeThen(Func<Task> RunAsync) : PublishAnswer;

    /// <summary>Close the connection without an acknowledgement.</summary>
    public sealed record Close(string Reason) : PublishAnswer;
}
