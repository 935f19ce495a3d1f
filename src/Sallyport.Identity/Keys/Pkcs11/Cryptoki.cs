using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>A PKCS #11 module in this process: the dozen calls that making, finding and destroying keys takes. The module stays loaded and initialised until the process
/// ends, because OpenSSL uses the same.</summary>
/// <remarks>CK_ULONG is as long as a pointer on Linux, and structures have their natural alignment there.</remarks>
internal sealed unsafe class Cryptoki
{
    private const int TokenLabelSize = 32;
    private const int TokenInfoSize = 256;
    private const int SlotInfoSize = 128;
    private const int SlotFlagsAt = 96;
    private const int MostSlots = 64;
    private const int MostObjects = 1024;

    private readonly void** _functions;

    private Cryptoki(nint list) => _functions = (void**)(list + sizeof(nint));

    /// <summary>Loads and initialises a module.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    /// <exception cref="BadImageFormatException">It is no library for this machine.</exception>
    /// <exception cref="EntryPointNotFoundException">It is no PKCS #11 module.</exception>
    /// <exception cref="CryptographicException">It does not work.</exception>
    public static Cryptoki Load(string path)
    {
        var getFunctionList = (delegate* unmanaged<nint*, nuint>)NativeLibrary.GetExport(NativeLibrary.Load(path), "C_GetFunctionList");
        nint list;
        Check(CryptokiFunction.Initialize, getFunctionList(&list));
        var module = new Cryptoki(list);
        nuint* arguments = stackalloc nuint[6];
        new Span<nuint>(arguments, 6).Clear();
        arguments[4] = CryptokiConstants.SystemLocking;
        nuint result = ((delegate* unmanaged<void*, nuint>)module.At(CryptokiFunction.Initialize))(arguments);
        if (result != (nuint)CryptokiReturn.AlreadyInitialized)
        {
            Check(CryptokiFunction.Initialize, result);
        }

        return module;
    }

    /// <summary>The slot that has the token of this name, and whether it says of itself that it is hardware.</summary>
    public (nuint Slot, bool IsHardware)? FindToken(string label)
    {
        nuint* slots = stackalloc nuint[MostSlots];
        nuint count = MostSlots;
        Check(CryptokiFunction.GetSlotList, ((delegate* unmanaged<byte, nuint*, nuint*, nuint>)At(CryptokiFunction.GetSlotList))(1, slots, &count));
        byte* info = stackalloc byte[TokenInfoSize];
        for (nuint index = 0; index < count; index++)
        {
            nuint result = ((delegate* unmanaged<nuint, byte*, nuint>)At(CryptokiFunction.GetTokenInfo))(slots[index], info);
            if (result == 0 && Encoding.UTF8.GetString(info, TokenLabelSize).TrimEnd(' ').Equals(label, StringComparison.Ordinal))
            {
                byte* slot = stackalloc byte[SlotInfoSize];
                Check(CryptokiFunction.GetSlotInfo, ((delegate* unmanaged<nuint, byte*, nuint>)At(CryptokiFunction.GetSlotInfo))(slots[index], slot));
                return (slots[index], (*(nuint*)(slot + SlotFlagsAt) & CryptokiConstants.HardwareSlot) != 0);
            }
        }

        return null;
    }

    public nuint OpenSession(nuint slot)
    {
        nuint session;
        nuint flags = CryptokiConstants.SerialSession | CryptokiConstants.ReadWriteSession;
        Check(
            CryptokiFunction.OpenSession,
            ((delegate* unmanaged<nuint, nuint, void*, void*, nuint*, nuint>)At(CryptokiFunction.OpenSession))(slot, flags, null, null, &session));
        return session;
    }

    public void CloseSession(nuint session) => ((delegate* unmanaged<nuint, nuint>)At(CryptokiFunction.CloseSession))(session);

    public CryptokiReturn Login(nuint session, ReadOnlySpan<byte> pin)
    {
        fixed (byte* start = pin)
        {
            return (CryptokiReturn)((delegate* unmanaged<nuint, nuint, byte*, nuint, nuint>)At(CryptokiFunction.Login))(
                session, CryptokiConstants.NormalUser, start, (nuint)pin.Length);
        }
    }

    public (nuint Public, nuint Private) GenerateKeyPair(nuint session, CryptokiTemplate publicKey, CryptokiTemplate privateKey)
    {
        var mechanism = new CryptokiMechanism { Mechanism = CryptokiConstants.EcKeyPairGen };
        nuint publicHandle;
        nuint privateHandle;
        Check(
            CryptokiFunction.GenerateKeyPair,
            ((delegate* unmanaged<nuint, CryptokiMechanism*, CryptokiAttribute*, nuint, CryptokiAttribute*, nuint, nuint*, nuint*, nuint>)At(CryptokiFunction.GenerateKeyPair))(
                session, &mechanism, publicKey.Attributes, publicKey.Count, privateKey.Attributes, privateKey.Count, &publicHandle, &privateHandle));
        return (publicHandle, privateHandle);
    }

    /// <summary>The first objects that have these attributes.</summary>
    public nuint[] Find(nuint session, CryptokiTemplate template)
    {
        Check(
            CryptokiFunction.FindObjectsInit,
            ((delegate* unmanaged<nuint, CryptokiAttribute*, nuint, nuint>)At(CryptokiFunction.FindObjectsInit))(session, template.Attributes, template.Count));
        nuint* found = stackalloc nuint[MostObjects];
        nuint count;
        nuint result = ((delegate* unmanaged<nuint, nuint*, nuint, nuint*, nuint>)At(CryptokiFunction.FindObjects))(session, found, MostObjects, &count);
        ((delegate* unmanaged<nuint, nuint>)At(CryptokiFunction.FindObjectsFinal))(session);
        Check(CryptokiFunction.FindObjects, result);
        return [.. new ReadOnlySpan<nuint>(found, (int)count)];
    }

    /// <summary>A CK_BBOOL attribute; false if the token does not say.</summary>
    public bool IsSet(nuint session, nuint item, nuint type)
    {
        byte* value = stackalloc byte[1];
        var attribute = new CryptokiAttribute { Type = type, Value = value, Length = 1 };
        nuint result = ((delegate* unmanaged<nuint, nuint, CryptokiAttribute*, nuint, nuint>)At(CryptokiFunction.GetAttributeValue))(session, item, &attribute, 1);
        return result == 0 && *value != 0;
    }

    public void Destroy(nuint session, nuint item) =>
        Check(CryptokiFunction.DestroyObject, ((delegate* unmanaged<nuint, nuint, nuint>)At(CryptokiFunction.DestroyObject))(session, item));

    /// <summary>What a call came to that was not to be expected.</summary>
    public static CryptographicException FailureOf(CryptokiFunction function, CryptokiReturn result) =>
        new($"C_{function} came to {result} (CKR 0x{(ulong)result:x})");

    private void* At(CryptokiFunction function) => _functions[(int)function];

    private static void Check(CryptokiFunction function, nuint result)
    {
        if (result != (nuint)CryptokiReturn.Ok)
        {
            throw FailureOf(function, (CryptokiReturn)result);
        }
    }
}
