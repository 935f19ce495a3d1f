using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Est;
using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Renewal;

/// <summary>
/// Renews the identity of a gateway so that it is never without one that works: the next certificate has a key of its own in the free slot, is checked and proven before it is
/// used, and the one before is kept for a while. Each step does one thing and gives the next journal, which is stored before the step after it.
/// </summary>
/// <param name="options">When and how.</param>
/// <param name="keys">Has both slots.</param>
/// <param name="probe">Tries a new key.</param>
/// <param name="work">What others do.</param>
/// <param name="time">The clock. It may be wrong: see <see cref="Now"/>.</param>
public sealed class RenewalMachine(RenewalOptions options, IDeviceKeyProvider keys, KeyProbe probe, RenewalWork work, TimeProvider time)
{
    /// <summary>The moment that counts: the clock, but never before what an authority signed for us. A clock without a battery begins years ago.</summary>
    public DateTimeOffset Now(RenewalJournal journal)
    {
        DateTimeOffset floor = ChainDates.LastSigned(journal.Active, journal.Next);
        DateTimeOffset now = time.GetUtcNow();
        return now > floor ? now : floor;
    }

    /// <summary>When the next step is due; the past for at once.</summary>
    public DateTimeOffset WakeAt(RenewalJournal journal)
    {
        ChainDates? active = ChainDates.Of(journal.Active);
        return journal switch
        {
            { State: RenewalState.Idle, IsOrdered: false } when active is { } dates => options.DueAt(dates.NotBefore, dates.NotAfter),

            // A wait that is longer than any wait was counted from a clock that was wrong.
            { Until: { } until } when until - Now(journal) <= LongestWait(journal.State) => until,
            _ => DateTimeOffset.MinValue,
        };
    }

    /// <summary>Does the next step; the journal itself if it is not time yet.</summary>
    public async Task<RenewalJournal> StepAsync(RenewalJournal journal, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Now(journal);
        if (now < WakeAt(journal))
        {
            return journal;
        }

        return journal.State switch
        {
            RenewalState.Idle => Begin(journal),
            RenewalState.Due => await MakeKeyAsync(journal, cancellationToken),
            RenewalState.Expired when ChainDates.IsAlive(journal.Active, now) => Rest(journal),
            RenewalState.Expired => await MakeKeyAsync(journal, cancellationToken),
            RenewalState.Requesting or RenewalState.Pending => await AskAsync(journal, now, cancellationToken),
            RenewalState.Received => Check(journal),
            RenewalState.Staged => journal with { State = RenewalState.Proving, Until = null },
            RenewalState.Proving => await ProveAsync(journal, now, cancellationToken),
            RenewalState.Overlap => journal with { State = RenewalState.Retiring, Until = null },
            RenewalState.Retiring => await RetireAsync(journal, cancellationToken),
            _ => Begin(journal),
        };
    }

    /// <summary>Somebody wants a new certificate now.</summary>
    public static RenewalJournal Order(RenewalJournal journal) => journal.State switch
    {
        RenewalState.Idle => journal with { IsOrdered = true, Until = null },
        RenewalState.Backoff => journal with { Until = null },
        _ => journal,
    };

    /// <summary>The new certificate, though proven, is refused by somebody: back to the one before, if it is kept and valid.</summary>
    public RenewalJournal FallBack(RenewalJournal journal, string reason) =>
        journal.State is RenewalState.Overlap && ChainDates.IsAlive(journal.Previous, Now(journal))
            ? Fail(journal with { Active = journal.Previous, ActiveSlot = journal.FreeSlot, Previous = "", Next = "" }, reason)
            : journal;

    private TimeSpan LongestWait(RenewalState state) => state is RenewalState.Overlap ? options.Overlap : TimeSpan.FromDays(1);

    // A clock that was wrong and is right again ends here too: what was due then is not due now.
    private RenewalJournal Begin(RenewalJournal journal)
    {
        DateTimeOffset now = Now(journal);
        return ChainDates.Of(journal.Active) is not { } active || now >= active.NotAfter ? journal with { State = RenewalState.Expired, Until = null }
            : journal.IsOrdered || now >= options.DueAt(active.NotBefore, active.NotAfter) ? journal with { State = RenewalState.Due, Until = null }
            : Rest(journal);
    }

    private static RenewalJournal Rest(RenewalJournal journal) =>
        journal with { State = RenewalState.Idle, HasNewKey = false, Next = "", Previous = "", Until = null, Failures = 0, IsOrdered = false, Reason = "" };

    // The free slot never holds what is in use, so whatever is in it may go.
    private async Task<RenewalJournal> MakeKeyAsync(RenewalJournal journal, CancellationToken cancellationToken)
    {
        if (journal.HasNewKey)
        {
            return journal with { State = RenewalState.Requesting, Until = null };
        }

        if (await keys.DestroyAsync(journal.FreeSlot, cancellationToken) is KeyDestruction.Failed failed)
        {
            return Fail(journal, $"the free key slot cannot be emptied: {failed.Reason}");
        }

        KeyOpening made = await keys.CreateAsync(journal.FreeSlot, cancellationToken);
        if (made is not KeyOpening.Opened { Key: var key })
        {
            return Fail(journal, $"no new key: {ReasonOf(made)}");
        }

        return await probe.RunAsync(key, cancellationToken) is KeyProbing.Fails fails
            ? Fail(journal, $"the new key does not do {fails.Step}: {fails.Reason}")
            : journal with { State = RenewalState.Requesting, HasNewKey = true, Next = "", Previous = "", Until = null };
    }

    private async Task<RenewalJournal> AskAsync(RenewalJournal journal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await keys.OpenAsync(journal.FreeSlot, cancellationToken) is not KeyOpening.Opened { Key: var key })
        {
            return Begin(journal with { HasNewKey = false });
        }

        using DeviceCertificate? present = ChainDates.IsAlive(journal.Active, now) ? await BindAsync(journal.Active, journal.ActiveSlot, cancellationToken) : null;
        switch (await work.AskAsync(key, present, cancellationToken))
        {
            case EstOutcome.Answered answered:
                string chain = CertificateChain.Order(answered.Certificates, key.SubjectPublicKeyInfo.Span);
                return chain.Length > 0
                    ? journal with { State = RenewalState.Received, HasNewKey = false, Next = chain, Until = null }
                    : Fail(journal with { HasNewKey = false }, "the server answered with a certificate for another key");
            case EstOutcome.Pending pending:
                return journal with { State = RenewalState.Pending, Until = now + pending.RetryAfter };
            case EstOutcome.Untrusted untrusted:
                return Fail(journal, untrusted.Verdict.Detail);
            case EstOutcome.Unauthorized unauthorized:
                return Fail(journal, unauthorized.Reason);
            case EstOutcome.Refused refused:
                return Fail(journal, refused.Reason);
            case EstOutcome.Unreachable unreachable:
                return Fail(journal, unreachable.Reason);
            default:
                throw new InvalidOperationException("An outcome is one of six.");
        }
    }

    private RenewalJournal Check(RenewalJournal journal)
    {
        if (!CertificateChain.TryRead(journal.Next, out CertificateChain? next))
        {
            return Fail(journal with { Next = "" }, "the answer cannot be read");
        }

        using (next)
        {
            CertificateVerdict verdict = work.Validator.Validate(next.Leaf, next.Issuers, new PeerName.Device(options.DeviceId));
            return verdict is CertificateVerdict.Refused refused ? Fail(journal with { Next = "" }, refused.Detail)
                : ChainDates.Of(journal.Active) is { } active && next.NotAfter <= active.NotAfter ? Fail(journal with { Next = "" }, "the new certificate ends no later than the present one")
                : journal with { State = RenewalState.Staged, Until = null };
        }
    }

    private async Task<RenewalJournal> ProveAsync(RenewalJournal journal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using DeviceCertificate? next = await BindAsync(journal.Next, journal.FreeSlot, cancellationToken);
        if (next is null)
        {
            return Fail(journal with { Next = "" }, "the key of the new certificate does not answer");
        }

        return await work.ProveAsync(next, cancellationToken) switch
        {
            IdentityProof.Proven => Switch(journal, now),
            IdentityProof.Refused refused => Fail(journal with { Next = "" }, $"the new certificate is not accepted: {refused.Reason}"),
            IdentityProof.Unreachable unreachable =>
                journal with { Failures = journal.Failures + 1, Reason = unreachable.Reason, Until = now + Pause(journal, unreachable.RetryAfter) },
            _ => throw new InvalidOperationException("A proof is one of three."),
        };
    }

    private RenewalJournal Switch(RenewalJournal journal, DateTimeOffset now)
    {
        DateTimeOffset? end = ChainDates.Of(journal.Active)?.NotAfter;
        bool isKept = end > now;
        return journal with
        {
            State = isKept ? RenewalState.Overlap : RenewalState.Retiring,
            Active = journal.Next,
            ActiveSlot = journal.FreeSlot,
            Previous = isKept ? journal.Active : "",
            Next = "",
            Until = isKept ? Earlier(now + options.Overlap, end!.Value) : null,
            Failures = 0,
            IsOrdered = false,
            Reason = "",
        };
    }

    private async Task<RenewalJournal> RetireAsync(RenewalJournal journal, CancellationToken cancellationToken) =>
        await keys.DestroyAsync(journal.FreeSlot, cancellationToken) is KeyDestruction.Failed failed
            ? journal with { Failures = journal.Failures + 1, Reason = $"the old key cannot be destroyed: {failed.Reason}", Until = Now(journal) + Pause(journal) }
            : Rest(journal);

    private RenewalJournal Fail(RenewalJournal journal, string reason) => journal with
    {
        State = RenewalState.Backoff,
        Failures = journal.Failures + 1,
        Reason = reason,
        Until = Now(journal) + Pause(journal),
    };

    private TimeSpan Pause(RenewalJournal journal)
    {
        DateTimeOffset now = Now(journal);
        TimeSpan? remaining = ChainDates.Of(journal.Active) is { } active && active.NotAfter > now ? active.NotAfter - now : null;
        double jitter = 0.8 + (0.2 * System.Security.Cryptography.RandomNumberGenerator.GetInt32(1001) / 1000);
        return options.PauseAfter(journal.Failures + 1, remaining) * jitter;
    }

    private async Task<DeviceCertificate?> BindAsync(string pem, DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        if (await keys.OpenAsync(slot, cancellationToken) is not KeyOpening.Opened { Key: var key } || !CertificateChain.TryRead(pem, out CertificateChain? chain))
        {
            return null;
        }

        using (chain)
        {
            return key.Bind(chain.Leaf) is KeyUse<X509Certificate2>.Done { Result: var bound }
                ? new DeviceCertificate(bound, [.. chain.Issuers.Select(one => X509CertificateLoader.LoadCertificate(one.RawData))])
                : null;
        }
    }

    private static string ReasonOf(KeyOpening opening) => opening switch
    {
        KeyOpening.Unavailable unavailable => unavailable.Reason,
        KeyOpening.Refused refused => refused.Reason,
        _ => "it is not there",
    };

    // Nobody may put us off for longer than a step may wait at all.
    private TimeSpan Pause(RenewalJournal journal, TimeSpan asked) =>
        new(Math.Max(Pause(journal).Ticks, Math.Min(asked.Ticks, LongestWait(journal.State).Ticks)));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
