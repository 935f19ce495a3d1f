using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>
/// Tells the verifier the roots of the chains, each in an audit record: once at each start, so that a verifier that lost its roots has them again, and once more if the
/// record was evicted on the way.
/// </summary>
internal sealed partial class Announcer(Lanes lanes, ModuleIdentity identity, CheckpointKey checkpointKey, ILogger<Announcer> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Lane, (UInt128 KeyId, long Seq)> _sent = [];
    private readonly HashSet<UInt128> _delivered = [];

    /// <summary>Who checks the seals from now on. A lane that was announced to somebody else begins a new chain with its next commit.</summary>
    /// <param name="verifier">Null for whoever did.</param>
    public void Use(VerifierKey? verifier)
    {
        foreach (Lane lane in verifier is null ? [] : lanes.Both)
        {
            lane.UseVerifier(verifier!);
        }
    }

    /// <summary>Sends what was not sent, and looks what became of the rest.</summary>
    public void Step()
    {
        lock (_lock)
        {
            foreach (Lane lane in lanes.IsOpen ? lanes.Both : [])
            {
                if (lane.Announcement is { } announcement && !_delivered.Contains(announcement.KeyId))
                {
                    Step(lane, announcement);
                }
            }
        }
    }

    private void Step(Lane lane, Announcement announcement)
    {
        var isSent = _sent.TryGetValue(lane, out (UInt128 KeyId, long Seq) sent) && sent.KeyId == announcement.KeyId;
        switch (isSent ? lanes.Alerts.FateOf(sent.Seq) : RecordFate.Lost)
        {
            case RecordFate.Delivered:
                _delivered.Add(announcement.KeyId);
                LogDelivered(lane.Name, announcement.KeyId.ToString("x32", provider: null));
                break;
            case RecordFate.Lost:
                Send(lane, announcement);
                break;
        }
    }

    private void Send(Lane lane, Announcement announcement)
    {
        if (lane.Identity is not { } ring)
        {
            return;
        }

        ReadOnlyMemory<byte> body = AnnouncementJson.Write(announcement, ring.Id, identity.DeviceId, identity.ModuleId, checkpointKey.Signer);
        var seq = lanes.Announce(new RingRecord(MessageType.Audit, body, Quality: null));
        _sent[lane] = (announcement.KeyId, seq);
        LogAnnounced(lane.Name, announcement.KeyId.ToString("x32", provider: null), announcement.FirstEpoch);
        if (checkpointKey.Signer is null)
        {
            LogNotSigned(lane.Name);
        }
    }

    [LoggerMessage(2420, LogLevel.Information, "The chain {KeyId} of the {Lane} lane, which begins with epoch {FirstEpoch}, is announced to the verifier.")]
    private partial void LogAnnounced(string lane, string keyId, long firstEpoch);

    [LoggerMessage(2422, LogLevel.Information, "No device key signs checkpoints of the {Lane} lane: its seals prove everything to whoever has the root of the chain, and nothing to others. The announcement says so.")]
    private partial void LogNotSigned(string lane);

    [LoggerMessage(2421, LogLevel.Information, "The announcement of the chain {KeyId} of the {Lane} lane is delivered.")]
    private partial void LogDelivered(string lane, string keyId);
}
