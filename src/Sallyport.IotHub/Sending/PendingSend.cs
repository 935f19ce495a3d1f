namespace Sallyport.IotHub.Sending;

/// <summary>A message on its way from a caller to the wire.</summary>
internal sealed class PendingSend(string topic, ReadOnlyMemory<byte> body, CancellationToken abandoned)
{
    private readonly TaskCompletionSource<SendOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Topic with all properties.</summary>
    public string Topic { get; } = topic;

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>The caller no longer waits.</summary>
    public bool IsAbandoned => abandoned.IsCancellationRequested;

    /// <summary>Tells the caller.</summary>
    public void Complete(SendOutcome outcome) => _outcome.TrySetResult(outcome);

    /// <summary>Waits for what became of it.</summary>
    public Task<SendOutcome> WaitAsync() => _outcome.Task.WaitAsync(abandoned);
}
