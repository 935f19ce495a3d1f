using System.Runtime.InteropServices;

namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>CK_MECHANISM: which, and its parameter.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CryptokiMechanism
{
    public nuint Mechanism;
    public void* Parameter;
    public nuint Length;
}
