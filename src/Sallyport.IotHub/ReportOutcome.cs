namespace Sallyport.IotHub;

/// <summary>What became of a patch to the reported properties.</summary>
public abstract record ReportOutcome
{
    private ReportOutcome()
    {
    }

    /// <summary>Accepted. From edgeHub this does not mean that IoT Hub has it.</summary>
    public sealed record Accepted : ReportOutcome
    {
        /// <summary>The only instance.</summary>
        public static Accepted Instance { get; } = new();
    }

    /// <summary>The broker said no.</summary>
    /// <param name="Status">400, 413, 429 or 5xx.</param>
    public sealed record Refused(int Status) : ReportOutcome;

    /// <summary>No connection, or no answer in time. Report again after the next connect.</summary>
    public sealed record Unanswered(string Reason) : ReportOutcome;
}
