using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>The ways to wrap a ring's key that are configured, and the slots that the ring has: opens by any of them, and wraps again what is missing.</summary>
internal sealed class KeyRing(ImmutableArray<IKeyWrapper> wrappers)
{
    /// <summary>Unwraps the key by the first slot that opens. A slot that could open one day keeps the data, even if all the others never will.</summary>
    public async Task<KeyUnwrapping> UnwrapAsync(StaticBlock block, CancellationToken cancellationToken)
    {
        KeyUnwrapping worst = new KeyUnwrapping.Refused("no slot is for a key of this gateway");
        foreach (KeySlot slot in block.Slots)
        {
            foreach (IKeyWrapper wrapper in wrappers.Where(wrapper => wrapper.Kind == slot.Kind))
            {
                KeyUnwrapping unwrapping = await wrapper.UnwrapAsync(slot, block.Buffer, cancellationToken);
                if (unwrapping is KeyUnwrapping.Unwrapped)
                {
                    return unwrapping;
                }

                worst = worst is KeyUnwrapping.Unavailable ? worst : unwrapping;
            }
        }

        return worst;
    }

    /// <summary>Wraps a new ring's key in each way that answers.</summary>
    public async Task<(ImmutableArray<KeySlot> Slots, ImmutableArray<string> Missing)> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken)
    {
        var slots = new List<KeySlot>();
        var missing = new List<string>();
        foreach (IKeyWrapper wrapper in wrappers)
        {
            await AddAsync(wrapper, key, buffer, slots, missing, cancellationToken);
        }

        return ([.. slots], [.. missing]);
    }

    /// <summary>Adds the slots that are missing and replaces those that are for another key. Both copies of the static block are the same afterwards.</summary>
    public async Task<KeySlotReport> RenewAsync(
        IBlockDevice device, StaticCopy opened, bool areCopiesSame, SecretKey root, CancellationToken cancellationToken)
    {
        StaticBlock block = opened.Block;
        var slots = block.Slots.ToList();
        var wrapped = new List<KeySlot>();
        var missing = new List<string>();
        var good = new HashSet<KeySlot>(ReferenceEqualityComparer.Instance);
        var without = new List<IKeyWrapper>();
        foreach (IKeyWrapper wrapper in wrappers)
        {
            if (await FindAsync(wrapper, block, root, cancellationToken) is { } slot)
            {
                good.Add(slot);
            }
            else
            {
                without.Add(wrapper);
            }
        }

        foreach (IKeyWrapper wrapper in without)
        {
            // It makes room only once its successor is there.
            var added = new List<KeySlot>();
            KeySlot? stale = slots.Find(slot => slot.Kind == wrapper.Kind && !good.Contains(slot) && !wrapped.Contains(slot));
            if (stale is null && slots.Count >= KeySlot.Most)
            {
                missing.Add($"no room for the slot {wrapper.Kind}: the ring has {KeySlot.Most} slots already");
                continue;
            }

            await AddAsync(wrapper, root, block.Buffer, added, missing, cancellationToken);
            if (added is [var fresh])
            {
                wrapped.Add(fresh);
                slots.Insert(stale is null ? slots.Count : slots.IndexOf(stale), fresh);
                slots.RemoveAll(slot => ReferenceEquals(slot, stale));
            }
        }

        return Write(device, opened, areCopiesSame, root, slots, wrapped, missing);
    }

    private static KeySlotReport Write(
        IBlockDevice device, StaticCopy opened, bool areCopiesSame, SecretKey root, List<KeySlot> slots, List<KeySlot> wrapped, List<string> missing)
    {
        using SecretKey key = RingKeys.StaticOf(root, opened.Block.Buffer);
        DeviceFault fault = default;
        if (wrapped.Count > 0)
        {
            StaticBlock renewed = opened.Block with { Generation = opened.Block.Generation + 1, Slots = [.. slots] };
            StaticArea.TryWrite(device, renewed, key, last: opened.At, out fault);
        }
        else if (!areCopiesSame)
        {
            StaticArea.TryWriteCopy(device, opened.Block, key, 1 - opened.At, out fault);
        }

        return new KeySlotReport(
            [.. slots.Select(slot => slot.Kind)], [.. wrapped.Select(slot => slot.Kind)], [.. missing], fault == default ? null : fault);
    }

    // The slot that a wrapper opens, or may open when whoever has the key answers again. The owner's slot opens nowhere here: its name has to do.
    private static async Task<KeySlot?> FindAsync(IKeyWrapper wrapper, StaticBlock block, SecretKey root, CancellationToken cancellationToken)
    {
        foreach (KeySlot slot in block.Slots.Where(wrapper.Holds))
        {
            if (wrapper.Kind == KeySlotKind.Escrow)
            {
                return slot;
            }

            switch (await wrapper.UnwrapAsync(slot, block.Buffer, cancellationToken))
            {
                case KeyUnwrapping.Unavailable:
                    return slot;
                case KeyUnwrapping.Unwrapped { Key: var key }:
                    using (key)
                    {
                        if (key.IsSameAs(root))
                        {
                            return slot;
                        }
                    }

                    break;
            }
        }

        return null;
    }

    private static async Task AddAsync(
        IKeyWrapper wrapper, SecretKey key, UInt128 buffer, List<KeySlot> slots, List<string> missing, CancellationToken cancellationToken)
    {
        switch (await wrapper.WrapAsync(key, buffer, cancellationToken))
        {
            case KeyWrapping.Wrapped wrapped when slots.Count < KeySlot.Most:
                slots.Add(wrapped.Slot);
                break;
            case KeyWrapping.Wrapped:
                missing.Add($"no room for the slot {wrapper.Kind}: a ring has {KeySlot.Most} slots");
                break;
            case KeyWrapping.Unavailable unavailable:
                missing.Add(unavailable.Reason);
                break;
        }
    }
}
