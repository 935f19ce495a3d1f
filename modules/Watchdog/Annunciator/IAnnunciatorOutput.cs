namespace Sallyport.Watchdog.Annunciator;

/// <summary>Something that is on or off: a lamp, a buzzer, a contact. One user at a time.</summary>
internal interface IAnnunciatorOutput : IDisposable
{
    /// <summary>Switches it. May be tried again after a fault.</summary>
    /// <returns>Why it could not be switched, in a sentence; null if it is as wanted.</returns>
    string? Set(bool isOn);
}
