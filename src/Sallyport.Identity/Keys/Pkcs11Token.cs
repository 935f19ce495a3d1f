using System.Security.Cryptography;
using Sallyport.Identity.Keys.Pkcs11;

namespace Sallyport.Identity.Keys;

/// <summary>The way to one token: loads its module and logs in. A PIN that the token refused is not tried again until the file with it changed, because a token locks
/// itself after a few.</summary>
internal sealed class Pkcs11Token(Pkcs11Options options)
{
    private const int LongestPin = 256;
    private const string TpmModule = "tpm2_pkcs11";

    private static readonly Lock Loading = new();
    private static string? _moduleOfProcess;

    private Cryptoki? _module;
    private DateTime _refusedPinOf;

    /// <summary>Opens a session. Called with a lock of the provider.</summary>
    public Pkcs11Login Login()
    {
        try
        {
            if (Fault() is { } fault)
            {
                return new Pkcs11Login.Refused(fault);
            }

            _module ??= Cryptoki.Load(options.Module);
            return _module.FindToken(options.Token) is { } found
                ? Login(_module, found.Slot, found.IsHardware)
                : new Pkcs11Login.Unavailable($"{options.Module} has no token '{options.Token}': make one, or mount its store");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            return new Pkcs11Login.Refused($"{options.Module} does not load as a PKCS #11 module: install it in the image, or correct the path");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new Pkcs11Login.Unavailable($"the token '{options.Token}': {e.Message}");
        }
    }

    private Pkcs11Login Login(Cryptoki module, nuint slot, bool isHardware)
    {
        DateTime written = File.GetLastWriteTimeUtc(options.PinFile);
        if (written == _refusedPinOf)
        {
            return new Pkcs11Login.Refused(WrongPin);
        }

        nuint session = module.OpenSession(slot);
        CryptokiReturn result;
        byte[] pin = File.ReadAllBytes(options.PinFile);
        try
        {
            ReadOnlySpan<byte> trimmed = pin.AsSpan().TrimEnd("\r\n"u8);
            result = trimmed.Length is 0 or > LongestPin ? CryptokiReturn.PinIncorrect : module.Login(session, trimmed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pin);
        }

        switch (result)
        {
            case CryptokiReturn.Ok or CryptokiReturn.UserAlreadyLoggedIn:
                return new Pkcs11Login.Open(new Pkcs11Session(module, session), isHardware);
            case CryptokiReturn.PinIncorrect or CryptokiReturn.PinLocked:
                module.CloseSession(session);
                _refusedPinOf = written;
                return new Pkcs11Login.Refused(result == CryptokiReturn.PinLocked ? $"the token '{options.Token}' is locked: its security officer sets a new PIN" : WrongPin);
            default:
                module.CloseSession(session);
                throw Cryptoki.FailureOf(CryptokiFunction.Login, result);
        }
    }

    private string WrongPin => $"the token '{options.Token}' refuses the PIN in {options.PinFile}: correct the file. It is not tried again before it changed, so that the token is not locked";

    // The engine of OpenSSL reads its module from the environment, once in a process.
    private string? Fault()
    {
        lock (Loading)
        {
            bool isTpm = Path.GetFileName(options.Module).Contains(TpmModule, StringComparison.Ordinal);
            switch (true)
            {
                case true when !Path.IsPathFullyQualified(options.Module) || !Path.IsPathFullyQualified(options.PinFile):
                    return "module and PIN file are given with their full paths";
                case true when isTpm && options.Transport is null:
                    return "a token in the TPM needs the way to the TPM: write device:/dev/tpmrm0";
                case true when _moduleOfProcess is not null && !string.Equals(_moduleOfProcess, options.Module, StringComparison.Ordinal):
                    return $"this process uses {_moduleOfProcess} already, and OpenSSL takes one PKCS #11 module in a process";
                case true when !File.Exists(options.PinFile):
                    return $"{options.PinFile} is not there: put the PIN of the token's user in it";
            }

            if (_moduleOfProcess is null)
            {
                ProcessEnvironment.Set("PKCS11_MODULE_PATH", options.Module);
                if (isTpm)
                {
                    ProcessEnvironment.Set("TPM2_PKCS11_TCTI", options.Transport!.Tcti);
                }

                _moduleOfProcess = options.Module;
            }

            return null;
        }
    }
}
