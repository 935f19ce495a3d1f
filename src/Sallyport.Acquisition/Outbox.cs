using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Sallyport.Hosting.Tracing;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>What was read and not yet taken by edgeHub, within a limit of bytes. When it is full the oldest message goes: it is counted, and if it was a frame,
/// a gap record takes its place in front of everything that is still there. Metadata wait apart, are made when nothing else waits, and take no room from others.</summary>
/// <remarks>Any number of writers, one reader.</remarks>
public sealed class Outbox
{
    private readonly int _capacityInBytes;
    private readonly AcquisitionMetrics _metrics;
    private readonly Lock _lock = new();
    private readonly Queue<OutboxEntry> _entries = new();
    private readonly List<GapRecord> _gaps = [];
    private readonly DueMetadata _metadata = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _sizeInBytes;
    private bool _isComplete;

    /// <summary>Creates an empty outbox.</summary>
    /// <param name="output">The module output it leads to; names the outbox in metrics.</param>
    /// <param name="capacityInBytes">The limit. A single message may exceed it.</param>
    /// <param name="metrics">Counts what is lost.</param>
    public Outbox(string output, int capacityInBytes, AcquisitionMetrics metrics)
    {
        (Output, _capacityInBytes, _metrics) = (output, capacityInBytes, metrics);
        metrics.OutboxCreated(output);
    }

    /// <summary>The module output it leads to.</summary>
    public string Output { get; }

    /// <summary>Messages that wait, gap records and metadata included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return WaitingCount_NeedsLock;
            }
        }
    }

    private int WaitingCount_NeedsLock => _entries.Count + _gaps.Count + _metadata.Count;

    /// <summary>Takes a message. Never blocks.</summary>
    public void Add(OutboxEntry entry)
    {
        lock (_lock)
        {
            if (_isComplete)
            {
                _metrics.Dropped(Output, count: 1);
                entry.Span.End(AcquisitionTraces.Dropped, isError: true);
                return;
            }

            while (_entries.Count > 0 && _sizeInBytes + entry.SizeInBytes > _capacityInBytes)
            {
                OutboxEntry oldest = Dequeue();
                _metrics.Dropped(Output, count: 1);
                NoteGap(oldest, GapReason.OutboxFull);
                oldest.Span.End(AcquisitionTraces.Dropped, isError: true);
            }

            _entries.Enqueue(entry);
            Changed(by: 1, entry.SizeInBytes);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Takes metadata that are made when their turn comes. Those that wait for the same device and configuration are not sent besides these.</summary>
    /// <param name="source">The device.</param>
    /// <param name="configurationHash">The configuration that they describe.</param>
    /// <param name="make">Called once, on the reader's thread, or not at all.</param>
    public void AddMetadata(string source, string configurationHash, Func<DeviceMetadata> make)
    {
        lock (_lock)
        {
            if (_isComplete)
            {
                _metrics.Dropped(Output, count: 1);
                return;
            }

            if (_metadata.IsFull && !_metadata.Contains(source, configurationHash) && _metadata.TryTake(out _))
            {
                _metrics.Dropped(Output, count: 1);
                _metrics.OutboxChanged(Output, messages: -1, sizeInBytes: 0);
            }

            _metrics.OutboxChanged(Output, _metadata.Add(source, configurationHash, make) ? 1 : 0, sizeInBytes: 0);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Says that a message that was taken can never be sent.</summary>
    public void GiveUp(OutboxEntry entry)
    {
        _metrics.Dropped(Output, count: 1);
        entry.Span.End(AcquisitionTraces.TooLarge, isError: true);
        lock (_lock)
        {
            NoteGap(entry, GapReason.Oversize);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Nothing more will be added. What waits can still be taken.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Called when the last metadata that waited were made and taken: making those of many devices takes memory that nothing needs any more.</summary>
    public Action? Described { get; set; }

    /// <summary>Takes the next message to send, if there is one.</summary>
    public bool TryTake([NotNullWhen(true)] out OutboxEntry? entry)
    {
        Func<DeviceMetadata>? metadata = null;
        bool isDescribed;
        lock (_lock)
        {
            entry = null;
            isDescribed = _metadata.TookLast();
            if (_gaps.Count > 0)
            {
                // Gaps first: what is missing is older than everything that is there.
                entry = new OutboxEntry(TelemetryMessage.Of(_gaps[0]));
                _gaps.RemoveAt(0);
            }
            else if (_entries.Count > 0)
            {
                entry = Dequeue();
            }
            else if (_metadata.TryTake(out metadata))
            {
                _metrics.OutboxChanged(Output, messages: -1, sizeInBytes: 0);
            }
        }

        if (isDescribed)
        {
            Described?.Invoke();
        }

        entry ??= metadata is null ? null : new OutboxEntry(TelemetryMessage.Of(metadata()));
        return entry is not null;
    }

    /// <summary>Waits until there is a message to take.</summary>
    /// <returns>False when the outbox is complete and empty.</returns>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                bool isThere = WaitingCount_NeedsLock > 0;
                if (isThere || _isComplete)
                {
                    return isThere;
                }
            }

            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>Waits for the next message to send.</summary>
    /// <returns>Null when the outbox is complete and empty.</returns>
    public async ValueTask<OutboxEntry?> TakeAsync(CancellationToken cancellationToken)
    {
        OutboxEntry? entry;
        while (!TryTake(out entry) && await WaitAsync(cancellationToken))
        {
            // There is one now.
        }

        return entry;
    }

    /// <summary>Gives up everything that waits, because the module ends.</summary>
    /// <param name="inFlight">How many messages were taken and not acknowledged.</param>
    /// <returns>How many messages are lost so; they are counted as dropped.</returns>
    public int Abandon(int inFlight)
    {
        lock (_lock)
        {
            int count = _entries.Count + _metadata.Count + inFlight;
            while (_entries.Count > 0)
            {
                Dequeue().Span.End(AcquisitionTraces.Abandoned, isError: true);
            }

            _metrics.OutboxChanged(Output, -_metadata.Count, sizeInBytes: 0);
            _metadata.Clear();
            _gaps.Clear();
            _metrics.Dropped(Output, count);
            return count;
        }
    }

    private OutboxEntry Dequeue()
    {
        OutboxEntry entry = _entries.Dequeue();
        Changed(by: -1, -entry.SizeInBytes);
        return entry;
    }

    private void NoteGap(OutboxEntry lost, GapReason reason)
    {
        if (lost.Origin is null)
        {
            return;
        }

        // Bounded by the number of streams: a gap grows as long as it waits. Losses of one stream come in the order of their numbers.
        int at = _gaps.FindIndex(gap => gap.Reason == reason && gap.LastSeq == lost.Seq - 1 && gap.Origin == lost.Origin);
        if (at < 0)
        {
            _gaps.Add(new GapRecord(reason, lost.Seq, lost.Seq, Count: 1, lost.Origin));
        }
        else
        {
            _gaps[at] = _gaps[at] with { LastSeq = lost.Seq, Count = _gaps[at].Count + 1 };
        }
    }

    private void Changed(int by, int sizeInBytes)
    {
        _sizeInBytes += sizeInBytes;
        _metrics.OutboxChanged(Output, by, sizeInBytes);
    }
}
