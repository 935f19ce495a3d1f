namespace Sallyport.SealedRing.Format;

/// <summary>One opening of a ring, or a part of one: it has keys of its own.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Id">16 bytes that no other epoch has, not even one with the same number after a copy of the device was put back.</param>
/// <param name="FirstPage">The first page that was sealed in it; the seal of page p is made with the key of step p − FirstPage.</param>
public readonly record struct Epoch(long Number, UInt128 Id, long FirstPage)
{
    /// <summary>As in the property <c>sp-epoch</c>: number, id in 32 hexadecimal digits and first page, with colons.</summary>
    public override string ToString() => FormattableString.Invariant($"{Number}:{Id:x32}:{FirstPage}");
}
