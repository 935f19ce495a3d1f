using Microsoft.Extensions.Logging;
using Sallyport.BatchVerification;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>
/// Has the device sign a page of each lane now and then: its seal stands for all pages before it. A page that was sent is sent again as it was. One caller.
/// </summary>
internal sealed partial class Checkpointer(CheckpointKey key, CourierMetrics metrics, MomentClock clock, ILogger<Checkpointer> logger)
{
    /// <summary>So many pages are sent without a checkpoint at most.</summary>
    public const int MostPages = 256;

    /// <summary>So much time passes between two of them at most, if there are pages.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Lane, (long Page, TimeSpan At)> _signed = [];
    private readonly Dictionary<Lane, long> _sent = [];
    private bool _isFailing;

    /// <summary>The page as it is to be sent: with a checkpoint if one is due.</summary>
    public async Task<Page> SignIfDueAsync(Lane lane, Page page, CancellationToken cancellationToken)
    {
        var isFirstTime = page.Number > _sent.GetValueOrDefault(lane);
        _sent[lane] = Math.Max(page.Number, _sent.GetValueOrDefault(lane));
        if (key.Signer is not { } signer || !isFirstTime || !IsDue(lane, page))
        {
            return page;
        }

        var wall = clock.Now.Wall.ToUnixTimeMilliseconds();
        var checkpoint = new Checkpoint(page.Sealed.Fields, page.Sealed.Mac, wall);
        switch (await signer.SignAsync(checkpoint.Digest(), cancellationToken))
        {
            case CheckpointSigning.Signed { Signature: var signature }:
                _isFailing = false;
                _signed[lane] = (page.Number, clock.Now.Elapsed);
                metrics.Signed(lane);
                return lane.Replace(page with { Message = new CheckpointMark(wall, signature).AddTo(page.Message) });
            case CheckpointSigning.Unavailable unavailable:
                Fail(lane, unavailable.Reason);
                break;
        }

        return page;
    }

    private bool IsDue(Lane lane, Page page) =>
        !_signed.TryGetValue(lane, out (long Page, TimeSpan At) last) || page.Number - last.Page >= MostPages || clock.Now.Elapsed - last.At >= MostTime;

    private void Fail(Lane lane, string reason)
    {
        metrics.SigningFailed(lane);
        if (!_isFailing)
        {
            LogFailed(lane.Name, reason);
        }

        _isFailing = true;
    }

    [LoggerMessage(2103, LogLevel.Warning, "The device does not sign the checkpoint of the {Lane} lane: {Reason}. Its pages go on without; it is asked again with each page.")]
    private partial void LogFailed(string lane, string reason);
}
