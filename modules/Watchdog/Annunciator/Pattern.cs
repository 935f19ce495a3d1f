namespace Sallyport.Watchdog.Annunciator;

/// <summary>What a lamp or buzzer does, beat by beat, over and over again: <c>x</c> is on, <c>.</c> is off.</summary>
/// <remarks>IEC 60073 gives flashing lights two rates: 0.4 to 0.8 Hz, and 1.4 to 2.8 Hz for what is more urgent. Nothing here flashes more than three times in a second.</remarks>
internal sealed record Pattern(string Beats)
{
    /// <summary>How long one beat lasts.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    public static Pattern Off { get; } = new(".");

    public static Pattern Steady { get; } = new("x");

    /// <summary>2 Hz.</summary>
    public static Pattern Fast { get; } = new("x.");

    /// <summary>0.5 Hz.</summary>
    public static Pattern Slow { get; } = new("xxxx....");

    /// <summary>A wink each 2 s: somebody is at work.</summary>
    public static Pattern Wink { get; } = new("x.......");

    /// <summary>Two tones each 2 s.</summary>
    public static Pattern TwoTones { get; } = new("x.x.....");

    /// <summary>One tone each 10 s.</summary>
    public static Pattern RareTone { get; } = new("x.......................................");

    /// <summary>Whether it is on in this beat, counted from 0 when the pattern began.</summary>
    public bool IsOn(long beat) => Beats[(int)(beat % Beats.Length)] is 'x';
}
