using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>How a lane becomes durable. One committer; records keep coming in while the disk works.</summary>
internal sealed partial class Lane
{
    // So much waits in memory at most, however long the interval is.
    private const long MostUndurableBytes = 64 * 1024;

    private readonly List<(long Seq, TaskCompletionSource Source)> _waiters = [];

    // Held while a commit works on the disk, so that nobody takes the device away below it; always taken before the other lock.
    private readonly Lock _disk = new();
    private TimeSpan? _undurableSince;
    private bool _isCommitAsked;

    /// <summary>What the records rest on.</summary>
    public StorageState Storage { get; private set; }

    /// <summary>How long until a commit is due: zero for now, null for none.</summary>
    /// <param name="interval">The age at which a record has to be durable.</param>
    /// <param name="now">The time.</param>
    public TimeSpan? UntilCommit(TimeSpan interval, Moment now)
    {
        lock (_lock)
        {
            if (_ring is not { } ring || Storage is StorageState.Fenced || (Storage is StorageState.Memory && !_isCommitAsked))
            {
                return null;
            }

            if (_isCommitAsked || _waiters.Count > 0 || ring.UndurableBytes >= MostUndurableBytes)
            {
                return TimeSpan.Zero;
            }

            if (ring.UndurableRecords == 0)
            {
                _undurableSince = null;
                return null;
            }

            return Max((_undurableSince ??= now.Elapsed) + interval - now.Elapsed, TimeSpan.Zero);
        }
    }

    /// <summary>Commits everything; a new epoch, if one is due, in steps of its own before that.</summary>
    /// <param name="isEnd">True for the last commit of an orderly end.</param>
    /// <param name="now">The time.</param>
    /// <returns>What the disk said; null if all is well.</returns>
    public DeviceFault? Commit(bool isEnd, Moment now)
    {
        lock (_disk)
        {
            while (true)
            {
                (PageRing? ring, CommitWork? work, var below) = Prepare(isEnd, now);
                DeviceFault fault = default;
                var isDurable = work is null || work.TryRun(_device!, out fault);
                Complete(ring, work, isDurable, below, now);
                if (!isDurable || work is not { HasMore: true })
                {
                    return isDurable ? null : fault;
                }
            }
        }
    }

    /// <summary>Gives ring and device away, once no commit runs: to whoever destroys them. The lane takes and gives nothing any more.</summary>
    /// <returns>Null if it has none.</returns>
    public (PageRing Ring, IBlockDevice Device)? GiveAway()
    {
        lock (_disk)
        {
            lock (_lock)
            {
                (PageRing Ring, IBlockDevice Device)? given = _ring is { } ring ? (ring, _device!) : null;
                (_ring, _device, Identity, Storage) = (null, null, null, StorageState.Decommissioned);
                _handedOut.Clear();
                _traced.Clear();
                return given;
            }
        }
    }

    private (PageRing? Ring, CommitWork? Work, long Below) Prepare(bool isEnd, Moment now)
    {
        lock (_lock)
        {
            CommitWork? work = isEnd ? _ring?.PrepareEnd(now) : _ring?.Prepare();
            _isCommitAsked = false;
            if (_ring is { IsFenced: true })
            {
                Storage = StorageState.Fenced;
            }

            return (_ring, work, work is { IsWhole: false } ? 0 : _ring?.NextSeq ?? 0);
        }
    }

    private void Complete(PageRing? ring, CommitWork? work, bool isDurable, long below, Moment now)
    {
        lock (_lock)
        {
            if (work is not null && ring is not null)
            {
                ring.Complete(work, isDurable);
                Identity = RingIdentity.Of(ring, name);
            }

            if (isDurable)
            {
                _undurableSince = ring is { UndurableRecords: > 0 } ? now.Elapsed : null;
                Release(below);
            }

            Storage = Storage switch
            {
                StorageState.Disk when !isDurable => StorageState.Degraded,
                StorageState.Degraded when isDurable => StorageState.Disk,
                var same => same,
            };
        }
    }

    /// <summary>Waits until a record is durable; with a disk that takes nothing, until it does.</summary>
    public Task WaitUntilDurableAsync(long seq, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Storage is StorageState.Memory)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((seq, source));
            return source.Task.WaitAsync(cancellationToken);
        }
    }

    private void Release(long below)
    {
        _waiters.RemoveAll(waiter =>
        {
            if (waiter.Seq < below)
            {
                waiter.Source.TrySetResult();
            }

            return waiter.Seq < below;
        });
    }
}
