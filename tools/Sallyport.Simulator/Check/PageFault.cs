namespace Sallyport.Simulator.Check;

/// <summary>What befell a page on its way.</summary>
internal enum PageFault
{
    /// <summary>It is not what its ring sealed.</summary>
    Forged,

    /// <summary>It was there before, under another message id.</summary>
    Replayed,

    /// <summary>It never came, and no gap record speaks of it.</summary>
    Missing,
}
