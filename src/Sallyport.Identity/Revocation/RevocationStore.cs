using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Revocation;

/// <summary>The revocation lists that count: one of each authority, verified, and never replaced by an older one.</summary>
/// <remarks>Thread safe; answers at once from memory. <see cref="RevocationRefresh"/> brings lists. An authority is watched from the first question about one of
/// its certificates on, or from <see cref="Watch"/>.</remarks>
/// <param name="time">Says which lists are in time.</param>
public sealed class RevocationStore(TimeProvider time) : IRevocationCheck, IDisposable
{
    private const int MaxAuthorities = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WatchedAuthority> _authorities = new(StringComparer.Ordinal);
    private readonly List<Action> _handlers = [];
    private IReadOnlyList<RevocationList> _shelf = [];
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _generation;

    /// <inheritdoc/>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>The authorities that are watched.</summary>
    public IReadOnlyList<WatchedAuthority> Authorities
    {
        get
        {
            lock (_gate)
            {
                return [.. _authorities.Values];
            }
        }
    }

    /// <summary>Ends when a list is wanted that is not there.</summary>
    internal Task Wanted
    {
        get
        {
            lock (_gate)
            {
                return _wanted.Task;
            }
        }
    }

    /// <summary>Watches an authority before anybody asks, so that its list is there for the first question.</summary>
    /// <param name="issuer">Trusted already. Copied.</param>
    /// <param name="address">Where its list is fetched; null to learn it from the first certificate that says it.</param>
    /// <exception cref="CryptographicException">Its key cannot be decoded.</exception>
    public void Watch(X509Certificate2 issuer, Uri? address = null)
    {
        lock (_gate)
        {
            _ = Find(issuer, () => address);
        }
    }

    /// <summary>Has new lists looked for now rather than at their hour: somebody refuses what they may be about.</summary>
    public void LookNow()
    {
        lock (_gate)
        {
            Want();
        }
    }

    /// <inheritdoc/>
    public RevocationAnswer Ask(X509Certificate2 certificate, X509Certificate2 issuer, TimeSpan staleFor)
    {
        WatchedAuthority? authority;
        lock (_gate)
        {
            authority = Find(issuer, () => RevocationAddress.Of(certificate));
        }

        if (authority is null)
        {
            return new RevocationAnswer.Unknown($"more than {MaxAuthorities} authorities are watched");
        }

        if (authority.List is not { } list)
        {
            return new RevocationAnswer.Unknown($"there is no list of '{authority.Name}'");
        }

        DateTimeOffset now = time.GetUtcNow();
        return list.Find(certificate.SerialNumberBytes.Span) is { } entry ? new RevocationAnswer.Revoked(entry.Reason, entry.At)
            : now < list.ThisUpdate ? new RevocationAnswer.Unknown($"the list of '{authority.Name}' is from {list.ThisUpdate:u}, which is to come: check the clock")
            : now >= list.NextUpdate + staleFor ? new RevocationAnswer.Unknown($"the list of '{authority.Name}' was good until {list.NextUpdate:u}")
            : RevocationAnswer.Good.Instance;
    }

    /// <inheritdoc/>
    public IDisposable OnChange(Action handler)
    {
        lock (_gate)
        {
            _handlers.Add(handler);
        }

        return new Subscription(this, handler);
    }

    /// <summary>Takes a list if it is of an authority that is watched, that authority signed it, and it is newer than the one that counts.</summary>
    public RevocationListOutcome Offer(RevocationList list)
    {
        RevocationListOutcome outcome = RevocationListOutcome.Unclaimed.Instance;
        lock (_gate)
        {
            foreach (WatchedAuthority authority in _authorities.Values.ToArray())
            {
                outcome = Better(outcome, Try(list, authority));
            }
        }

        if (outcome is RevocationListOutcome.Accepted)
        {
            Changed();
        }

        return outcome;
    }

    /// <summary>Keeps lists for authorities that are asked about later, instead of those that were kept before.</summary>
    internal void Shelve(IReadOnlyList<RevocationList> lists)
    {
        lock (_gate)
        {
            _shelf = lists;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (WatchedAuthority authority in Authorities)
        {
            authority.Certificate.Dispose();
        }
    }

    private static RevocationListOutcome Better(RevocationListOutcome one, RevocationListOutcome other) =>
        Rank(other) > Rank(one) ? other : one;

    private static int Rank(RevocationListOutcome outcome) => outcome switch
    {
        RevocationListOutcome.Accepted => 3,
        RevocationListOutcome.Unchanged => 2,
        RevocationListOutcome.Refused => 1,
        _ => 0,
    };

    private RevocationListOutcome Try(RevocationList list, WatchedAuthority authority)
    {
        if (authority.List is { } current && current.RawData.Span.SequenceEqual(list.RawData.Span))
        {
            return RevocationListOutcome.Unchanged.Instance;
        }

        if (RevocationListCheck.Fault(list, authority.Certificate, authority.List, time.GetUtcNow()) is { } fault)
        {
            // A list of somebody else is not a bad list.
            return fault == RevocationListFault.WrongIssuer ? RevocationListOutcome.Unclaimed.Instance : new RevocationListOutcome.Refused(fault);
        }

        WatchedAuthority updated = authority with { List = list };
        _authorities[authority.Id] = updated;
        return new RevocationListOutcome.Accepted(updated);
    }

    // Under the lock. A new authority gets what is on the shelf at once; what is missing is fetched.
    private WatchedAuthority? Find(X509Certificate2 issuer, Func<Uri?> address)
    {
        string id = IdOf(issuer);
        if (_authorities.TryGetValue(id, out WatchedAuthority? known))
        {
            if (known.Address is null && address() is { } learned)
            {
                known = known with { Address = learned };
                _authorities[id] = known;
                Want();
            }

            return known;
        }

        if (_authorities.Count >= MaxAuthorities)
        {
            return null;
        }

        _authorities[id] = new WatchedAuthority(issuer.Subject, id)
        {
            Address = address(),
            Certificate = X509CertificateLoader.LoadCertificate(issuer.RawDataMemory.Span),
        };
        foreach (RevocationList list in _shelf)
        {
            _ = Try(list, _authorities[id]);
        }

        Want();
        return _authorities[id];
    }

    private void Want()
    {
        TaskCompletionSource wanted = _wanted;
        _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        wanted.SetResult();
    }

    private void Changed()
    {
        Interlocked.Increment(ref _generation);
        Action[] handlers;
        lock (_gate)
        {
            handlers = [.. _handlers];
        }

        foreach (Action handler in handlers)
        {
            handler();
        }
    }

    private static string IdOf(X509Certificate2 issuer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(issuer.PublicKey.ExportSubjectPublicKeyInfo());
        hash.AppendData(issuer.SubjectName.RawData);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private sealed class Subscription(RevocationStore store, Action handler) : IDisposable
    {
        public void Dispose()
        {
            lock (store._gate)
            {
                _ = store._handlers.Remove(handler);
            }
        }
    }
}
