using System.Security.Cryptography;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Tests;

/// <summary>Knows every (key, nonce) pair that ever sealed something that reached a device. The key is named by its salt, the epoch id, unless a test says otherwise.</summary>
internal sealed class NonceSpy(Func<PageHeader, UInt128>? keyOf = null)
{
    private readonly Func<PageHeader, UInt128> _keyOf = keyOf ?? (header => header.EpochId);
    private readonly Dictionary<(UInt128 Key, Nonce Nonce), string> _seen = [];

    public int Count => _seen.Count;

    /// <summary>Looks at all that was written; the same bytes at the same place are the same seal.</summary>
    public void Look(IEnumerable<DeviceCall> calls)
    {
        foreach (DeviceCall call in calls.Where(call => !call.IsFlush))
        {
            for (int at = 0; at + RingGeometry.BlockSize <= call.Bytes.Length; at += RingGeometry.BlockSize)
            {
                if (PageHeader.TryRead(call.Bytes.AsSpan(at), out PageHeader header))
                {
                    int length = Math.Min(PageHeader.Size + header.Length + PageCipher.TagSize, call.Bytes.Length - at);
                    string content = Convert.ToHexString(SHA256.HashData(call.Bytes.AsSpan(at, length)));
                    string before = _seen.GetValueOrDefault((_keyOf(header), header.Nonce), content);
                    Assert.True(string.Equals(before, content, StringComparison.Ordinal), $"Nonce {header.Nonce} was used twice in epoch {header.EpochNumber}.");
                    _seen[(_keyOf(header), header.Nonce)] = content;
                }
            }
        }
    }
}
