using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>The memory of one tag. Filled once, then only read: what moves is laid over the copy that goes into a reply.</summary>
internal sealed class TagMemory(int size, PlantLedger ledger)
{
    private const int LongestCell = 128;

    private readonly byte[] _image = new byte[size];
    private readonly List<LiveCell> _cells = [];

    /// <summary>What does not move.</summary>
    public Span<byte> Image => _image;

    /// <summary>How many bytes there are.</summary>
    public int Size => _image.Length;

    /// <summary>Adds a part that moves. Only while the tag is being made.</summary>
    public void Add(LiveCell cell) => _cells.Add(cell);

    /// <summary>Copies a part as it stands now.</summary>
    /// <param name="offset">Its first byte.</param>
    /// <param name="into">Takes it.</param>
    /// <param name="exchange">Knows the time, and takes the unique values that were drawn.</param>
    public void CopyTo(int offset, Span<byte> into, CipExchange exchange)
    {
        _image.AsSpan(offset, into.Length).CopyTo(into);
        foreach (var cell in _cells)
        {
            if (cell.Offset < offset + into.Length && offset < cell.Offset + cell.Length)
            {
                Overlay(cell, cell.Offset - offset, into, exchange);
            }
        }
    }

    private void Overlay(LiveCell cell, int at, Span<byte> into, CipExchange exchange)
    {
        var isWhole = at >= 0 && at + cell.Length <= into.Length;
        switch (cell)
        {
            case LiveCell.Living living when isWhole:
                living.Write(into.Slice(at, cell.Length), exchange.At);
                break;
            case LiveCell.Living living:
                Span<byte> scratch = stackalloc byte[LongestCell];
                scratch.Clear();
                living.Write(scratch[..cell.Length], exchange.At);
                var start = Math.Max(at, 0);
                var end = Math.Min(at + cell.Length, into.Length);
                scratch[(start - at)..(end - at)].CopyTo(into[start..end]);
                break;
            case LiveCell.Unique unique when isWhole:
                var value = ledger.Draw(unique.Point);
                BinaryPrimitives.WriteUInt32LittleEndian(into[at..], value.Value);
                exchange.Drawn.Add(value);
                break;
        }
    }
}
