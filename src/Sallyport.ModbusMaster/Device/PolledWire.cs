using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Sallyport.ModbusMaster.Device;

/// <summary>A serial port or a socket of Linux. One thread sleeps in <c>poll</c> until bytes come, and hands them on itself: no timer, and between a
/// reply and the next request no change of threads, which is most of what a request over a fast network costs.</summary>
/// <remarks>The receiver asks for more before it returns to that thread, so that the thread always knows where the next bytes go.</remarks>
internal sealed class PolledWire : IWire, IValueTaskSource<int>
{
    private const int StackSizeInBytes = 256 * 1024;

    private static readonly byte[] Ring = [1, 0, 0, 0, 0, 0, 0, 0];

    private readonly int _descriptor;
    private readonly int _bell = PosixCalls.CreateEvent(0, PosixCalls.CloseOnExec | PosixCalls.NonBlocking);
    private readonly Action _cut;
    private readonly Action _close;
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<int> _source;
    private Memory<byte> _destination;
    private bool _isWanted;
    private bool _isRunning;
    private bool _isParked;
    private bool _isDisposed;
    private bool _isReleased;

    /// <summary>Takes over an open descriptor that does not block.</summary>
    /// <param name="descriptor">Not used by anybody else from now on.</param>
    /// <param name="cut">Tells the peer at once that this is the end.</param>
    /// <param name="close">Closes the descriptor, when nobody sleeps on it any more.</param>
    public PolledWire(int descriptor, Action cut, Action close) => (_descriptor, _cut, _close) = (descriptor, cut, close);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (PosixCalls.Write(_descriptor, bytes, (nuint)bytes.Length) != bytes.Length)
            {
                throw new IOException($"The line does not take a request: error {Marshal.GetLastPInvokeError()}.");
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> destination)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _source.Reset();
            (_destination, _isWanted) = (destination, true);
            if (_isParked)
            {
                RingBell_NeedsLock();
            }

            if (!_isRunning)
            {
                _isRunning = true;
                new Thread(Run, StackSizeInBytes) { IsBackground = true, Name = "Modbus line" }.Start();
            }

            return new ValueTask<int>(this, _source.Version);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _cut();
                RingBell_NeedsLock();
                if (!_isRunning)
                {
                    Release_NeedsLock();
                }
            }
        }
    }

    int IValueTaskSource<int>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Run()
    {
        Span<PosixCalls.Watched> watched =
        [
            new() { Descriptor = _descriptor, Wanted = PosixCalls.Readable },
            new() { Descriptor = _bell, Wanted = PosixCalls.Readable },
        ];
        while (TryReceive(watched, out int count))
        {
            _source.SetResult(count);
            if (count == 0)
            {
                break;
            }
        }

        lock (_lock)
        {
            _isDisposed = true;
            Release_NeedsLock();
        }
    }

    /// <summary>Waits for bytes.</summary>
    /// <returns>False if nobody wants them any more.</returns>
    private bool TryReceive(Span<PosixCalls.Watched> watched, out int count)
    {
        count = 0;
        while (true)
        {
            int happened = PosixCalls.Poll(watched, (nuint)watched.Length, timeoutMs: -1);
            int error = Marshal.GetLastPInvokeError();
            lock (_lock)
            {
                (_isParked, watched[0].Descriptor) = (false, _descriptor);
                if (!_isWanted && _isDisposed)
                {
                    return false;
                }

                if (!_isWanted)
                {
                    // The receiver is still busy on another thread; until it comes back only the bell counts.
                    (_isParked, watched[0].Descriptor) = (true, -1);
                    Silence_NeedsLock();
                    continue;
                }

                if (_isDisposed || (happened < 0 && error != PosixCalls.Interrupted))
                {
                    _isWanted = false;
                    return true;
                }

                if (happened <= 0)
                {
                    continue;
                }

                if (watched[0].Happened == 0)
                {
                    Silence_NeedsLock();
                    continue;
                }

                nint read = PosixCalls.Read(_descriptor, _destination.Span, (nuint)_destination.Length);
                if (read < 0 && Marshal.GetLastPInvokeError() is PosixCalls.TryAgain or PosixCalls.Interrupted)
                {
                    continue;
                }

                // Nothing to read though it said it is readable: the peer closed it, or the port was unplugged.
                (count, _isWanted) = (Math.Max(0, (int)read), false);
                return true;
            }
        }
    }

    private void RingBell_NeedsLock() => _ = PosixCalls.Write(_bell, Ring, (nuint)Ring.Length);

    private void Silence_NeedsLock()
    {
        Span<byte> rings = stackalloc byte[sizeof(ulong)];
        _ = PosixCalls.Read(_bell, rings, (nuint)rings.Length);
    }

    private void Release_NeedsLock()
    {
        if (!_isReleased)
        {
            _isReleased = true;
            _close();
            _ = PosixCalls.Close(_bell);
        }
    }
}
