using System.Security.Cryptography;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Keys;

namespace Sallyport.BatchVerification.Tests;

/// <summary>The one who hears what a ring takes from its random source, and so knows the roots of its chains as an announcement would tell them.</summary>
internal sealed class Vault : IDisposable
{
    private readonly List<byte[]> _drawn = [];
    private int _texts;

    public Vault() => Wrapper = new FileKeyWrapper(SecretKey.Copy(Enumerable.Repeat((byte)7, SecretKey.Size).ToArray()), RandomNumberGenerator.Fill);

    public FileKeyWrapper Wrapper { get; }

    public ChainRoots Roots { get; } = new();

    /// <summary>First root and first epoch, by key id.</summary>
    public Dictionary<UInt128, (byte[] Root, long Epoch)> Known { get; } = [];

    public int Openings { get; private set; }

    public int NextText() => _texts++;

    public void Fill(Span<byte> bytes)
    {
        RandomNumberGenerator.Fill(bytes);
        if (bytes.Length == SecretKey.Size)
        {
            _drawn.Add(bytes.ToArray());
        }
    }

    public void Announce(PageRing ring)
    {
        Openings++;
        foreach (byte[] drawn in _drawn)
        {
            UInt128 keyId = Roots.Add(SecretKey.Copy(drawn), ring.Epoch.Number);
            if (keyId == ring.KeyId)
            {
                Known.TryAdd(keyId, (drawn, ring.Epoch.Number));
            }
        }

        _drawn.Clear();
        Assert.Contains(ring.KeyId, Known.Keys);
    }

    public BatchVerifier Verifier(VerifierOptions? options = null) => new(Roots, options);

    public void Dispose() => Roots.Dispose();
}
