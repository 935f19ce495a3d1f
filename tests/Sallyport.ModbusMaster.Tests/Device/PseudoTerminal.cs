using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A serial line made of a pseudo-terminal: the master opens <see cref="Path"/>, and a thread plays the bus on the other end.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteNotControlling = 2 | 0x100;
    private const int RequestInBytes = 8;

    private readonly int _controller;
    private readonly int _keeper;
    private readonly int _bell = PosixCalls.CreateEvent(0, PosixCalls.CloseOnExec);
    private readonly Thread _bus;
    private bool _isDisposed;

    /// <summary>Opens a pair.</summary>
    /// <param name="answer">What the bus says to each request; nothing if it is empty. Each piece is written by itself.</param>
    public PseudoTerminal(Func<byte[], IEnumerable<byte[]>> answer)
    {
        _controller = Open(ReadWriteNotControlling);
        Assert.True(_controller >= 0 && Unlock(_controller) == 0);
        byte[] name = new byte[64];
        Assert.Equal(0, NameOf(_controller, name, (nuint)name.Length));
        Path = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));

        // Held open so that the bus does not hear an end each time the master closes.
        _keeper = PosixCalls.Open(Path, ReadWriteNotControlling);
        _bus = new Thread(() => Serve(answer)) { IsBackground = true };
        _bus.Start();
    }

    public string Path { get; }

    public ConcurrentQueue<byte[]> Requests { get; } = new();

    public ConnectionPlan Plan => new(
        "bus",
        new ModbusEndpoint.Serial(Path, 115_200, SerialParity.None, StopBits: 1),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(10));

    /// <summary>Pulls the plug: who has the port open is told that it is gone.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _ = PosixCalls.Write(_bell, [1, 0, 0, 0, 0, 0, 0, 0], 8);
            _bus.Join();
            _ = PosixCalls.Close(_keeper);
            _ = PosixCalls.Close(_controller);
            _ = PosixCalls.Close(_bell);
        }
    }

    private void Serve(Func<byte[], IEnumerable<byte[]>> answer)
    {
        byte[] request = new byte[RequestInBytes];
        int filled = 0;
        byte[] piece = new byte[RequestInBytes];
        while (true)
        {
            Span<PosixCalls.Watched> watched =
            [
                new() { Descriptor = _controller, Wanted = PosixCalls.Readable },
                new() { Descriptor = _bell, Wanted = PosixCalls.Readable },
            ];
            _ = PosixCalls.Poll(watched, 2, timeoutMs: -1);
            if (watched[1].Happened != 0)
            {
                return;
            }

            nint count = PosixCalls.Read(_controller, piece, (nuint)(RequestInBytes - filled));
            if (count <= 0)
            {
                return;
            }

            piece.AsSpan(0, (int)count).CopyTo(request.AsSpan(filled));
            filled += (int)count;
            if (filled == RequestInBytes)
            {
                filled = 0;
                byte[] whole = [.. request];
                Requests.Enqueue(whole);
                foreach (byte[] part in answer(whole))
                {
                    _ = PosixCalls.Write(_controller, part, (nuint)part.Length);
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(int flags);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unlock(int controller);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NameOf(int controller, Span<byte> name, nuint length);
}
