using System.Globalization;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>Whether data reaches the cloud, from what SecureBuffer can prove. Durations are of the clock that nobody sets. One caller.</summary>
internal sealed class DeliveryMachine
{
    private static readonly CountWithin LossMemory = new(1, TimeSpan.FromMinutes(10));

    private readonly Growth _confirmed = new();
    private readonly Growth _lost = new();
    private readonly Growth _sent = new();
    private readonly Recent _losses = new();
    private DeliveryStatus _status = DeliveryStatus.Unknown;
    private TimeSpan? _proven;
    private TimeSpan? _dueFor;
    private TimeSpan? _outageSince;
    private TimeSpan _observed;
    private TimeSpan? _stalledSince;
    private TimeSpan _seen;
    private double _sentSince;
    private bool _isReconnectAsked;

    /// <summary>The request for another connection is on its way: one is enough.</summary>
    public void ReconnectAsked() => _isReconnectAsked = true;

    /// <summary>Judges one look.</summary>
    public DeliveryVerdict Judge(Look look, DeliveryPlan plan)
    {
        if (look.Of(WatchedModule.Buffer) is not { } page)
        {
            // A look that was lost says nothing; several say that nobody knows.
            return look.Elapsed - _seen >= plan.MissingAfter
                ? Enter(look, DeliveryState.Unknown, "SecureBuffer does not tell its numbers.", plan)
                : Verdict(look, plan);
        }

        _seen = look.Elapsed;
        var numbers = new BufferNumbers(page, look.Of(Target.EdgeHub));
        var outage = numbers.Outage;
        Observe(look, numbers, look.Of(Target.EdgeHub)?.Instance ?? "", outage is not null, plan);
        var isLosing = _losses.Observe(look.Elapsed, _lost.Observe(numbers.Instance, numbers.Lost), LossMemory);
        if (outage is not null)
        {
            return Enter(look, DeliveryState.Offline, outage, plan);
        }

        if (_dueFor is { } due && due >= plan.StalledAfter)
        {
            return Enter(look, DeliveryState.Stalled, Stall(numbers, due, _sentSince), plan);
        }

        return Trouble(numbers, isLosing, plan) is { } trouble
            ? Enter(look, DeliveryState.Degraded, trouble, plan)
            : Enter(look, DeliveryState.Delivering, "", plan);
    }

    // Each proof begins the count anew: what counts is how long something was due and nothing moved although there was a way. An outage stops the count, so that connections that come
    // and go hide no stall; one that is long enough to be told begins it anew, for what waited through it had no chance.
    private void Observe(Look look, BufferNumbers numbers, string edgeHubInstance, bool isOutage, DeliveryPlan plan)
    {
        TimeSpan passed = look.Elapsed - _observed;
        _observed = look.Elapsed;
        _outageSince = isOutage ? _outageSince ?? look.Elapsed : null;
        if (_confirmed.Observe(numbers.Instance, numbers.Confirmed) > 0)
        {
            _status = _status with { LastDelivered = look.At };
            (_proven, _dueFor) = (look.Elapsed, null);
        }

        var sent = _sent.Observe(edgeHubInstance, numbers.Sent);
        if (!numbers.IsDue || look.Elapsed - _outageSince >= plan.OfflineAfter)
        {
            (_dueFor, _sentSince) = (null, 0);
        }
        else if (_dueFor is { } due)
        {
            (_dueFor, _sentSince) = (isOutage ? due : due + passed, _sentSince + sent);
        }
        else
        {
            (_dueFor, _sentSince) = (TimeSpan.Zero, 0);
        }
    }

    private static string? Trouble(BufferNumbers numbers, bool isLosing, DeliveryPlan plan)
    {
        if (numbers.StorageTrouble is { } storage)
        {
            return $"The ring rests on \"{storage}\" in place of the disk.";
        }

        if (isLosing)
        {
            return "Records were lost in the last ten minutes.";
        }

        if (numbers.UsedShare >= plan.FullShare)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The ring is {numbers.UsedShare:P0} full.");
        }

        return numbers.IsUnproven ? "SecureBuffer cannot read edgeHub's metrics, so it hands over nothing." : null;
    }

    private static string Stall(BufferNumbers numbers, TimeSpan since, double sent) => string.Create(
        CultureInfo.InvariantCulture,
        $"Everything says connected, {numbers.Waiting:0} records wait, and none was proven to be delivered for {since.TotalSeconds:0} s; "
        + $"edgeHub has {numbers.Queued ?? 0:0} messages for IoT Hub and says that it sent {sent:0}.");

    private DeliveryVerdict Enter(Look look, DeliveryState state, string reason, DeliveryPlan plan)
    {
        if (_status.State != state || _status.Since == DateTimeOffset.UnixEpoch)
        {
            _status = _status with { State = state, Since = look.At };
            _stalledSince = state is DeliveryState.Stalled ? look.Elapsed : null;
            _isReconnectAsked = false;
        }

        _status = _status with { Reason = reason };
        return Verdict(look, plan);
    }

    private DeliveryVerdict Verdict(Look look, DeliveryPlan plan) => new(
        _status,
        WantsReconnect: _stalledSince is not null && !_isReconnectAsked,
        IsHopeless: _stalledSince is { } since && look.Elapsed - since >= plan.StalledAfter,
        Age: look.Elapsed - _proven);
}
