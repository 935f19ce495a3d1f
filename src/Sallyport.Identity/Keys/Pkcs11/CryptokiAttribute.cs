using System.Runtime.InteropServices;

namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>CK_ATTRIBUTE: type, value, length of the value in bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CryptokiAttribute
{
    public nuint Type;
    public void* Value;
    public nuint Length;
}
