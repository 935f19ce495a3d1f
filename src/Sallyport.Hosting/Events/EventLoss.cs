namespace Sallyport.Hosting.Events;

/// <summary>Why an event was lost.</summary>
internal enum EventLoss
{
    /// <summary>Too many waited for the connection; the oldest went.</summary>
    QueueFull,

    /// <summary>It exceeds what edgeHub takes.</summary>
    TooLarge,

    /// <summary>The module stopped before the event was acknowledged.</summary>
    Stopped,
}
