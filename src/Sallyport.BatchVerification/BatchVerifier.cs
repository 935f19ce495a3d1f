using System.Collections.Immutable;
using System.Security.Cryptography;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>
/// Judges batches in the order of their arrival: nothing forged, taken away, repeated or rearranged goes unseen. Memory and work per batch are bounded, whatever
/// arrives. Not safe for several threads.
/// </summary>
public sealed partial class BatchVerifier : IDisposable
{
    private const int MostChains = 4;

    private readonly Dictionary<UInt128, BatchStream> _streams = [];
    private readonly Dictionary<UInt128, UInt128> _rings = [];
    private readonly List<(UInt128 Buffer, EpochChain Chain)> _chains = [];
    private readonly ChainRoots _roots;
    private readonly VerifierOptions _options;

    /// <summary>A verifier that has seen nothing yet.</summary>
    /// <param name="roots">What announcements brought; more may be added at any time. Owned by the caller.</param>
    /// <param name="options">What the caller decides.</param>
    public BatchVerifier(ChainRoots roots, VerifierOptions? options = null)
    {
        _roots = roots;
        _options = options ?? new VerifierOptions();
    }

    /// <summary>Batches that were no ring's.</summary>
    public long Forged { get; private set; }

    /// <summary>Judges the next batch.</summary>
    /// <param name="properties">Of its message; names are compared ignoring case if the dictionary does.</param>
    /// <param name="body">Of its message; referred to by the verdict.</param>
    public BatchVerdict Accept(IReadOnlyDictionary<string, string> properties, ReadOnlyMemory<byte> body)
    {
        BatchVerdict verdict = BatchProperties.TryRead(properties, body, out SealedBatch? batch, out string fault)
            ? WithCheckpoint(Judge(batch!), batch!, properties)
            : new BatchVerdict.Forged(ForgerySign.Malformed, fault);
        Forged += verdict is BatchVerdict.Forged ? 1 : 0;
        return verdict;
    }

    /// <summary>What is proven and what is missing, as far as batches arrived. Changes nothing: more may come.</summary>
    public VerificationSummary Finish() =>
        new(Forged, [.. _streams.OrderBy(stream => stream.Key).Select(stream => StreamSummary.Of(stream.Key, stream.Value))]);

    /// <summary>Zeroes the keys that were derived.</summary>
    public void Dispose() => _chains.ForEach(cached => cached.Chain.Dispose());

    private BatchVerdict WithCheckpoint(BatchVerdict verdict, SealedBatch batch, IReadOnlyDictionary<string, string> properties)
    {
        if (verdict is BatchVerdict.Forged)
        {
            return verdict;
        }

        CheckpointVerdict checkpoint = CheckpointMark.Judge(batch, properties, _options.CheckpointKey, out long signedWallMs);
        StreamTally tally = _streams[batch.Fields.Buffer].Tally;
        tally.Checkpoints = tally.Checkpoints.With(verdict is BatchVerdict.Ok or BatchVerdict.Gap or BatchVerdict.Reordered || checkpoint is CheckpointVerdict.Bad ? checkpoint : CheckpointVerdict.Absent, batch, signedWallMs);
        return verdict with { Checkpoint = checkpoint };
    }

    private BatchVerdict Judge(SealedBatch batch)
    {
        if (_roots.Find(batch.Fields.KeyId) is not { } root || _rings.GetValueOrDefault(batch.Fields.KeyId, batch.Fields.Buffer) != batch.Fields.Buffer)
        {
            return new BatchVerdict.Forged(ForgerySign.UnknownKey, FormattableString.Invariant($"no announcement gives key {batch.Fields.KeyId:x32} to this ring"));
        }

        BatchStream? stream = _streams.GetValueOrDefault(batch.Fields.Buffer);
        var page = RememberedPage.Of(batch);
        if (stream?.Pages.Find(batch.Page) is { } known && known.IsSealedAs(page))
        {
            return known.IsSameAs(page) ? stream.Repeated(batch) : BadSeal();
        }

        if (Disproof(batch, root, stream) is { } forged)
        {
            return forged;
        }

        ImmutableArray<GapRecord> gaps = [];
        if (!batch.TrySplit(out ImmutableArray<ReadOnlyMemory<byte>> records) || (batch.IsGap && !GapRecords.TryRead(records, out gaps)))
        {
            return new BatchVerdict.Forged(ForgerySign.Malformed, "the seal is good, but the body is not what its properties say");
        }

        _rings[batch.Fields.KeyId] = batch.Fields.Buffer;
        _streams[batch.Fields.Buffer] = stream ??= new BatchStream(batch.Lane, _options.IsExcerpt);
        return stream.Judge(batch, page, gaps);
    }

    // Null if the seal is the one that the key of its page gives.
    private BatchVerdict.Forged? Disproof(SealedBatch batch, RootChain root, BatchStream? stream)
    {
        long budget = _options.MostSteps;
        EpochChain? chain = Cached(batch) ?? Derived(batch, root, stream, ref budget);
        using MacChain? keys = chain?.Walk(batch.Page - batch.Fields.Epoch.FirstPage, ref budget);
        bool isGood = keys is not null && IsSealedWith(keys, batch);
        if (isGood && stream?.Epochs.Contradiction(batch.Fields.Epoch, batch.Page) is null)
        {
            chain!.Keep(keys!.Copy());
            Cache(batch.Fields.Buffer, chain);
        }
        else if (chain is not null && !_chains.Exists(cached => cached.Chain == chain))
        {
            chain.Dispose();
        }

        return isGood ? null
            : keys is null ? new BatchVerdict.Forged(ForgerySign.TooFar, "its page or epoch is too far from all that was proven")
            : BadSeal();
    }

    private static bool IsSealedWith(MacChain keys, SealedBatch batch)
    {
        ImmutableArray<byte> mac = keys.Seal(batch.Fields, batch.PreviousMac.AsSpan(), batch.Body.Span);
        return CryptographicOperations.FixedTimeEquals(mac.AsSpan(), batch.Mac.AsSpan());
    }

    private EpochChain? Cached(SealedBatch batch) =>
        _chains.Find(cached => cached.Buffer == batch.Fields.Buffer && cached.Chain.Epoch == batch.Fields.Epoch).Chain;

    private EpochChain? Derived(SealedBatch batch, RootChain root, BatchStream? stream, ref long budget)
    {
        Epoch epoch = batch.Fields.Epoch;
        KnownEpoch? newest = stream?.Epochs.Newest;
        using SecretKey? ofEpoch = root.Walk(epoch.Number, newest?.Epoch.Number ?? 0, ref budget);
        if (ofEpoch is null)
        {
            return null;
        }

        var chain = new EpochChain(epoch, MacChain.Of(ofEpoch, batch.Fields.Buffer, epoch));
        if (newest?.Epoch == epoch)
        {
            // After a restart: this way was gone before, and it is kept whether this batch is good or not.
            chain.WalkTo(newest.ProvenSteps);
            root.Keep(epoch.Number, ofEpoch);
            Cache(batch.Fields.Buffer, chain);
        }

        return chain;
    }

    private void Cache(UInt128 buffer, EpochChain chain)
    {
        _chains.RemoveAll(cached => cached.Chain == chain);
        _chains.Add((buffer, chain));
        if (_chains.Count > MostChains * Math.Max(1, _streams.Count))
        {
            _chains[0].Chain.Dispose();
            _chains.RemoveAt(0);
        }
    }

    private static BatchVerdict.Forged BadSeal() => new(ForgerySign.BadSeal, "the seal is not the one that its key gives");
}
