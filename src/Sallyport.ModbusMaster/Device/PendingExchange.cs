using System.Threading.Tasks.Sources;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>A place for one request that is on its way. Used again and again, so that waiting for a reply allocates nothing.</summary>
/// <remarks>Its fields are guarded by the lock of its line. Free, then begun by the line, then ended once by it, then free again when the one who waits
/// has taken the end.</remarks>
internal sealed class PendingExchange : IValueTaskSource<ExchangeEnd>
{
    private ManualResetValueTaskSourceCore<ExchangeEnd> _source;
    private volatile bool _isFree = true;

    /// <summary>Creates a free place.</summary>
    /// <param name="endsElsewhere">Whether the one who waits goes on on another thread. Else it goes on inside <see cref="End"/>.</param>
    public PendingExchange(bool endsElsewhere) => _source.RunContinuationsAsynchronously = endsElsewhere;

    public bool IsFree => _isFree;

    /// <summary>Whether it waits for its reply.</summary>
    public bool IsOpen { get; private set; }

    public ReadExchange Exchange { get; private set; }

    public Memory<byte> Data { get; private set; }

    /// <summary>When the time is up, as a timestamp.</summary>
    public long Due { get; private set; }

    /// <summary>Whether the same unit has answered a request that was sent later or at the same time.</summary>
    public bool IsOvertaken { get; set; }

    public ValueTask<ExchangeEnd> BeginAsync(ReadExchange exchange, Memory<byte> data, long due)
    {
        (Exchange, Data, Due) = (exchange, data, due);
        (_isFree, IsOpen, IsOvertaken) = (false, true, false);
        return new ValueTask<ExchangeEnd>(this, _source.Version);
    }

    /// <summary>No reply is taken any more. Called under the lock; <see cref="End"/> follows outside it.</summary>
    public void Shut() => IsOpen = false;

    public void End(ExchangeEnd end) => _source.SetResult(end);

    /// <inheritdoc/>
    public ExchangeEnd GetResult(short token)
    {
        ExchangeEnd end = _source.GetResult(token);
        _source.Reset();
        _isFree = true;
        return end;
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
