using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Inspection;

/// <summary>Proves a ring with its key, and only reads: no epoch begins, no slot is renewed, nothing is recovered.</summary>
/// <param name="wrappers">The ways to unwrap the key.</param>
public sealed class RingVerifier(ImmutableArray<IKeyWrapper> wrappers)
{
    /// <summary>Proves what a device holds. Total: every content gives an answer.</summary>
    /// <param name="device">Not changed.</param>
    /// <param name="cancellationToken">Ends the wait for a key.</param>
    public async Task<RingVerification> VerifyAsync(IBlockDevice device, CancellationToken cancellationToken)
    {
        if (StaticArea.Read(device, out _) is not { Copies: [_, ..] copies } area)
        {
            return new RingVerification.NotOpened(RingInspector.Inspect(device));
        }

        RingVerification refusal = new RingVerification.StaticForged();
        foreach (StaticCopy copy in copies)
        {
            switch (await new KeyRing(wrappers).UnwrapAsync(copy.Block, cancellationToken))
            {
                case KeyUnwrapping.Unwrapped { Key: var root }:
                    using (root)
                    {
                        using SecretKey key = RingKeys.StaticOf(root, copy.Block.Buffer);
                        if (StaticBlock.IsAuthentic(key, copy.Bytes.Span))
                        {
                            return new RingVerification.Opened(Prove(device, copy.Block, root));
                        }
                    }

                    break;
                case KeyUnwrapping.Refused refused:
                    refusal = new RingVerification.KeyRefused(refused.Reason);
                    break;
                case KeyUnwrapping.Unavailable unavailable:
                    refusal = new RingVerification.KeyRefused(unavailable.Reason);
                    break;
            }
        }

        return refusal;
    }

    private static RingProof Prove(IBlockDevice device, StaticBlock block, SecretKey root)
    {
        using var keys = new RingKeys(SecretKey.Copy(root.Bytes), block.Buffer, new RingDesign());
        using var reader = new PageReader(device, block.Geometry, keys);
        var scan = HeaderScan.Of(device, block.Buffer, block.Geometry);
        var seals = new SortedDictionary<long, PageInterior>();
        var proven = new Dictionary<PageKind, int>();
        (long Generation, bool WasClean)? newest = null;
        foreach ((long at, PageHeader header) in scan.Headers)
        {
            if (!reader.TryRead(at, header.Kind, out _, out ReadOnlySpan<byte> content))
            {
                scan.Count(reader.Fault == default ? PageFlaw.Tag : PageFlaw.Unreadable);
                continue;
            }

            if (header.Kind == PageKind.State && RingState.TryRead(content, out (RingState State, SecretKey NextChainRoot) read))
            {
                read.NextChainRoot.Dispose();
                newest = newest is { } other && other.Generation > header.Page ? newest : (header.Page, read.State.IsClean);
            }
            else if (header.Kind != PageKind.State && PageInterior.TryRead(content, out PageInterior? interior) && PageReader.TryReadBody(header, interior!, content, out _))
            {
                if (header.Kind == PageKind.Ring)
                {
                    seals[header.Page] = interior!;
                }
            }
            else
            {
                scan.Count(PageFlaw.Content);
                continue;
            }

            proven[header.Kind] = proven.GetValueOrDefault(header.Kind) + 1;
        }

        (int links, int broken) = Follow(seals);
        return new RingProof(
            proven.GetValueOrDefault(PageKind.Ring), proven.GetValueOrDefault(PageKind.Snapshot), proven.GetValueOrDefault(PageKind.State),
            links, broken, newest?.WasClean, scan.Flaws.ToImmutableSortedDictionary());
    }

    // A page whose predecessor was confirmed before it came to the disk stands alone.
    private static (int Links, int Broken) Follow(SortedDictionary<long, PageInterior> seals)
    {
        int links = 0;
        int broken = 0;
        foreach ((long page, PageInterior interior) in seals)
        {
            if (seals.TryGetValue(page - 1, out PageInterior? before))
            {
                bool isLinked = interior.PreviousMac.AsSpan().SequenceEqual(before.Mac.AsSpan());
                links += isLinked ? 1 : 0;
                broken += isLinked ? 0 : 1;
            }
        }

        return (links, broken);
    }
}
