namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Why a window has to be sent again.</summary>
internal enum LossSign
{
    /// <summary><c>edgehub-restarted</c>: another instance, or counters that went back.</summary>
    EdgeHubRestarted,

    /// <summary><c>dropped</c>: edgeHub counted a drop.</summary>
    Dropped,

    /// <summary><c>not-sent</c>: the queue is empty, and fewer were sent than handed over.</summary>
    NotSent,

    /// <summary><c>overcounted</c>: more were sent than handed over, so the count proves nothing.</summary>
    Overcounted,

    /// <summary><c>unacknowledged</c>: a hand-over was not acknowledged, so the count proves nothing.</summary>
    Unacknowledged,
}
