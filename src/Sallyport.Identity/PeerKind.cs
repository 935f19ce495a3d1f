namespace Sallyport.Identity;

/// <summary>Whose certificate a profile describes.</summary>
public enum PeerKind
{
    /// <summary>A server that was dialled: its name or address counts.</summary>
    Server,

    /// <summary>A device that dialled in: its device id counts.</summary>
    Client,

    /// <summary>A certification authority, looked at by itself: not as a step of a chain.</summary>
    Authority,
}
