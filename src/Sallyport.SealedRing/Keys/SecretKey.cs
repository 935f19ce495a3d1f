using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Keys;

/// <summary>
/// 32 bytes of key in memory of their own: they do not move, are not swapped where the limit of locked memory allows it, are in no core dump, and are zeroed on
/// dispose. Nothing prints them.
/// </summary>
[DebuggerDisplay("secret key")]
public sealed unsafe class SecretKey : IDisposable
{
    /// <summary>Length of every key here, in bytes.</summary>
    public const int Size = 32;

    // A memory page for itself: locking and keeping out of dumps works on whole pages only.
    private const int MemoryPage = 4096;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private byte* _memory;

    private SecretKey()
    {
        _memory = (byte*)NativeMemory.AlignedAlloc(MemoryPage, MemoryPage);
        IsLocked = PosixCalls.LockMemory((nint)_memory, MemoryPage) == 0;
        IsKeptFromDumps = PosixCalls.Advise((nint)_memory, MemoryPage, PosixCalls.DontDump) == 0;
        new Span<byte>(_memory, Size).Clear();
    }

#pragma warning disable MA0055 // A key that nobody disposed must not stay in memory either.
    /// <summary>Zeroes a key that nobody disposed.</summary>
    ~SecretKey() => Release();
#pragma warning restore MA0055

    /// <summary>Fills a key.</summary>
    /// <param name="destination">32 bytes.</param>
    public delegate void Fill(Span<byte> destination);

    /// <summary>False if the limit of locked memory (RLIMIT_MEMLOCK) is used up: the key may reach a swap device, if the gateway has one.</summary>
    public bool IsLocked { get; }

    /// <summary>False if the kernel would not keep it out of core dumps.</summary>
    public bool IsKeptFromDumps { get; }

    internal Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return new Span<byte>(_memory, Size);
        }
    }

    /// <summary>Makes a key.</summary>
    /// <param name="fill">Writes all 32 bytes, straight into their place.</param>
    public static SecretKey Create(Fill fill)
    {
        var key = new SecretKey();
        fill(key.Bytes);
        return key;
    }

    /// <summary>Takes a key over. Who has the original zeroes it.</summary>
    /// <param name="source">32 bytes.</param>
    public static SecretKey Copy(ReadOnlySpan<byte> source)
    {
        var key = new SecretKey();
        source.CopyTo(key.Bytes);
        return key;
    }

    /// <summary>Copies the bytes out, for a wrapper that encrypts them. Who has the copy zeroes it.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>Whether both are the same, in constant time.</summary>
    public bool IsSameAs(SecretKey other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => "secret key";

    private void Release()
    {
        if (_memory is null)
        {
            return;
        }

        CryptographicOperations.ZeroMemory(new Span<byte>(_memory, Size));
        _ = PosixCalls.UnlockMemory((nint)_memory, MemoryPage);
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
