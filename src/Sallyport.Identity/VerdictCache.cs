using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Remembers for some minutes which certificates were accepted. Refusals are not remembered: the next chain that is presented may be whole.</summary>
internal sealed class VerdictCache
{
    private const int MaxEntries = 1024;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Hash, PeerName Expected), (DateTimeOffset From, DateTimeOffset Until)> _accepted = [];
    private long _generation;

    /// <summary>Whether it was accepted lately, for the same name and by the same lists.</summary>
    public bool Holds(X509Certificate2 leaf, PeerName expected, long generation, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _generation == generation && _accepted.TryGetValue(Key(leaf, expected), out var span) && span.From <= now && now < span.Until;
        }
    }

    /// <summary>Remembers an accepted certificate.</summary>
    /// <param name="leaf">The certificate.</param>
    /// <param name="expected">Who it was accepted as.</param>
    /// <param name="generation">Of the lists that were asked.</param>
    /// <param name="now">When it was judged.</param>
    /// <param name="lastMoment">The first end of life in its chain.</param>
    public void Add(X509Certificate2 leaf, PeerName expected, long generation, DateTimeOffset now, DateTimeOffset lastMoment)
    {
        lock (_gate)
        {
            if (_generation != generation || _accepted.Count >= MaxEntries)
            {
                _accepted.Clear();
                _generation = generation;
            }

            DateTimeOffset until = now + Life;
            _accepted[Key(leaf, expected)] = (now, lastMoment < until ? lastMoment : until);
        }
    }

    private static (string Hash, PeerName Expected) Key(X509Certificate2 leaf, PeerName expected) =>
        (leaf.GetCertHashString(HashAlgorithmName.SHA256), expected);
}
