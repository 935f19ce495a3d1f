namespace Sallyport.Simulator.Plant;

/// <summary>How the plant treats those who ask it.</summary>
/// <param name="Delay">Time between a request and its answer.</param>
/// <param name="Rudeness">What is wrong with the answers.</param>
/// <param name="Exception">An exception code to refuse with, rather than answer.</param>
/// <param name="Every">Only each so-manieth request meets these manners; the others meet good ones.</param>
internal sealed record PlantManners(
    TimeSpan Delay = default, PlantRudeness Rudeness = PlantRudeness.None, byte? Exception = null, int Every = 1)
{
    /// <summary>How much later than good manners allow a late answer comes: twice the time that a reader gives a request unless told otherwise.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(2);

    private const byte IllegalDataAddress = 2;
    private const byte ServerDeviceFailure = 4;
    private const byte ServerDeviceBusy = 6;

    /// <summary>Answers at once and by the book.</summary>
    public static PlantManners Good { get; } = new();

    /// <summary>Every other request is not answered.</summary>
    public static PlantManners Forgetful { get; } = new(Rudeness: PlantRudeness.NoReply, Every: 2);

    /// <summary>Accepts connections and requests, and never answers.</summary>
    public static PlantManners Mute { get; } = new(Rudeness: PlantRudeness.NoReply);

    /// <summary>Has no time for any request.</summary>
    public static PlantManners Busy { get; } = new(Exception: ServerDeviceBusy);

    /// <summary>Fails at every request.</summary>
    public static PlantManners Failing { get; } = new(Exception: ServerDeviceFailure);

    /// <summary>Knows none of its addresses any more.</summary>
    public static PlantManners Lost { get; } = new(Exception: IllegalDataAddress);

    /// <summary>Time from a request to the first byte of its answer.</summary>
    public TimeSpan Wait => Rudeness is PlantRudeness.Late ? Delay + Lateness : Delay;

    /// <summary>Whether a client may take an answer for the truth: it comes whole, in time, and says what it is.</summary>
    public bool IsHonest => Rudeness is PlantRudeness.None or PlantRudeness.OneByteAtATime;
}
