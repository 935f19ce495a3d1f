using System.Diagnostics;
using System.Security.Cryptography;

namespace Sallyport.Identity;

/// <summary>The key of a connection string, in memory that does not move and is zeroed on dispose. Development only: in production the workload API keeps the key.</summary>
[DebuggerDisplay("shared access key")]
public sealed class SharedAccessKey : IModuleKey, IDisposable
{
    private const int MinSizeInBytes = 16;
    private const int MaxSizeInBytes = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;
    private int _disposed;

    private SharedAccessKey(ReadOnlySpan<byte> key)
    {
        _key = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        key.CopyTo(_key);
    }

    /// <summary>Reads the Base64 text of a connection string's <c>SharedAccessKey</c>.</summary>
    /// <exception cref="FormatException">Not Base64, or not 16 to 64 bytes. The text is not quoted.</exception>
    public static SharedAccessKey Parse(string base64)
    {
        Span<byte> decoded = stackalloc byte[MaxSizeInBytes];
        try
        {
            return Convert.TryFromBase64String(base64, decoded, out int written) && written >= MinSizeInBytes
                ? new SharedAccessKey(decoded[..written])
                : throw new FormatException(
                    $"A shared access key is Base64 of {MinSizeInBytes} to {MaxSizeInBytes} bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(decoded);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key is zeroed already.</exception>
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(HMACSHA256.HashData(_key, data.Span));
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, 1);
        CryptographicOperations.ZeroMemory(_key);
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => "shared access key";
}
