using System.Runtime.InteropServices;

namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>Attributes for a call, in memory that does not move.</summary>
internal sealed unsafe class CryptokiTemplate : IDisposable
{
    private const int Most = 12;

    private readonly List<nint> _values = [];

    public CryptokiTemplate() => Attributes = (CryptokiAttribute*)NativeMemory.AllocZeroed(Most, (nuint)sizeof(CryptokiAttribute));

    public CryptokiAttribute* Attributes { get; }

    public nuint Count => (nuint)_values.Count;

    public CryptokiTemplate With(nuint type, bool value) => With(type, [value ? (byte)1 : (byte)0]);

    public CryptokiTemplate With(nuint type, nuint value) => With(type, MemoryMarshal.AsBytes(new ReadOnlySpan<nuint>(ref value)));

    public CryptokiTemplate With(nuint type, ReadOnlySpan<byte> value)
    {
        void* copy = NativeMemory.Alloc((nuint)value.Length);
        value.CopyTo(new Span<byte>(copy, value.Length));
        Attributes[_values.Count] = new CryptokiAttribute { Type = type, Value = copy, Length = (nuint)value.Length };
        _values.Add((nint)copy);
        return this;
    }

    public void Dispose()
    {
        _values.ForEach(value => NativeMemory.Free((void*)value));
        _values.Clear();
        NativeMemory.Free(Attributes);
    }
}
