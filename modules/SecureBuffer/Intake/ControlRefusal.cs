namespace Sallyport.SecureBuffer.Intake;

/// <summary>Why a control message is not acted upon.</summary>
internal enum ControlRefusal
{
    /// <summary>Another module sent it.</summary>
    Sender,

    /// <summary>It is no control message.</summary>
    Unreadable,

    /// <summary>There is no such action.</summary>
    Action,

    /// <summary>The last reconnect was a moment ago.</summary>
    TooSoon,

    /// <summary>There is no connection to drop: one is being opened anyway.</summary>
    NotConnected,
}
