namespace Sallyport.EtherNetIp.Replies;

/// <summary>Puts the parts of a value together. Used again for the next value; keeps its memory.</summary>
/// <param name="maxSize">The largest value, in bytes.</param>
public sealed class FragmentAssembly(int maxSize)
{
    private byte[] _bytes = [];
    private ushort _typeCode;
    private ushort _structureHandle;
    private int _length;

    /// <summary>Where the next part begins: what to ask for, in bytes.</summary>
    public uint NextOffset => (uint)_length;

    /// <summary>What there is; as long as nothing is added.</summary>
    public TagData Value => TagData.Of(_typeCode, _structureHandle, _bytes.AsSpan(0, _length));

    /// <summary>Forgets the value.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds the part that a reply brings.</summary>
    public AssemblyProgress Add(in MessageRouterReply reply)
    {
        if (!reply.Status.IsGood && !reply.Status.IsPartial)
        {
            return AssemblyProgress.Refused;
        }

        if (!TagData.TryRead(reply.Data, out TagData part) || (part.Bytes.IsEmpty && reply.Status.IsPartial) || part.Bytes.Length > maxSize - _length
            || (_length > 0 && (part.TypeCode != _typeCode || part.StructureHandle != _structureHandle)))
        {
            return AssemblyProgress.Broken;
        }

        (_typeCode, _structureHandle) = (part.TypeCode, part.StructureHandle);
        int needed = _length + part.Bytes.Length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, Math.Min(_bytes.Length * 2, maxSize)));
        }

        part.Bytes.CopyTo(_bytes.AsSpan(_length));
        _length = needed;
        return reply.Status.IsPartial ? AssemblyProgress.Incomplete : AssemblyProgress.Complete;
    }
}
