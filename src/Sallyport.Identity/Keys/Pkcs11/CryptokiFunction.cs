namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>Places in CK_FUNCTION_LIST, after its version.</summary>
/// <remarks>PKCS #11 Cryptographic Token Interface Base Specification 2.40, pkcs11f.h: the order of the functions is part of the interface.</remarks>
internal enum CryptokiFunction
{
    Initialize = 0,
    GetSlotList = 4,
    GetSlotInfo = 5,
    GetTokenInfo = 6,
    OpenSession = 12,
    CloseSession = 13,
    Login = 18,
    DestroyObject = 22,
    GetAttributeValue = 24,
    FindObjectsInit = 26,
    FindObjects = 27,
    FindObjectsFinal = 28,
    GenerateKeyPair = 59,
}
