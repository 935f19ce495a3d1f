namespace Sallyport.SecureBuffer.Delivery;

/// <summary>What edgeHub's counters say about a window. Closed.</summary>
internal abstract record Judgement
{
    private Judgement()
    {
    }

    /// <summary>IoT Hub has every page.</summary>
    internal sealed record Confirmed : Judgement
    {
        public static Confirmed Instance { get; } = new();
    }

    /// <summary>Ask again.</summary>
    /// <param name="Suspicion">To be kept for the next time.</param>
    internal sealed record Waiting(Suspicion? Suspicion) : Judgement;

    /// <summary>At least one page did not arrive, or nobody can tell. All are to be sent again.</summary>
    internal sealed record Lost(LossSign Sign) : Judgement;
}
