using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Identity.Renewal;

/// <summary>When and how a certificate is renewed.</summary>
/// <param name="DeviceId">Must be among its names.</param>
public sealed record RenewalOptions(string DeviceId)
{
    private static readonly TimeSpan LongNotice = TimeSpan.FromDays(30);

    // A tenth of the notice, so that 200 gateways that were commissioned on one day do not come in one minute.
    private const double Spread = 0.1;

    /// <summary>How long the one before is kept beside a new one.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The first pause after a failure; doubles each time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest pause after a failure.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(6);

    /// <summary>When a certificate is due: with a third of its life left, or with 30 days, whichever is earlier; a short-lived one with half of its life at the earliest.
    /// Each device a little before, always by the same part.</summary>
    public DateTimeOffset DueAt(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        TimeSpan life = notAfter - notBefore;
        TimeSpan notice = Longer(life / 3, Shorter(LongNotice, life / 2));
        return notAfter - notice - (notice * Spread * Part());
    }

    /// <summary>How long to wait after a failure, before jitter.</summary>
    /// <param name="failures">In a row, this one included.</param>
    /// <param name="remaining">Of the certificate in use; null for none.</param>
    public TimeSpan PauseAfter(int failures, TimeSpan? remaining)
    {
        TimeSpan pause = Shorter(FirstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 20)), LongestPause);

        // A back-off must not outlast what it is about.
        return remaining is { } left ? Longer(Shorter(pause, left / 20), Shorter(FirstPause, TimeSpan.FromMinutes(1))) : pause;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private double Part() => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(DeviceId))) / (double)uint.MaxValue;
}
