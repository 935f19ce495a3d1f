namespace Sallyport.Identity.Keys.Pkcs11;

/// <summary>CK_RV: what a call came to. The rest of some hundred values is reported as its number.</summary>
/// <remarks>PKCS #11 Base Specification 2.40, section 5.1.</remarks>
internal enum CryptokiReturn : ulong
{
    Ok = 0x00,
    GeneralError = 0x05,
    FunctionFailed = 0x06,
    AttributeTypeInvalid = 0x12,
    DeviceError = 0x30,
    DeviceMemory = 0x31,
    DeviceRemoved = 0x32,
    MechanismInvalid = 0x70,
    PinIncorrect = 0xA0,
    PinLocked = 0xA4,
    TokenNotPresent = 0xE0,
    TokenWriteProtected = 0xE2,
    UserAlreadyLoggedIn = 0x100,
    AlreadyInitialized = 0x191,
}
