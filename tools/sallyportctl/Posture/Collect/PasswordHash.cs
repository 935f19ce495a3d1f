using System.Runtime.InteropServices;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Hashes of crypt(5).</summary>
internal static partial class PasswordHash
{
    private const int DesLength = 13;

    private static readonly string[] Strong = ["$y$", "$gy$", "$7$", "$6$", "$5$", "$2a$", "$2b$", "$2y$"];
    private static readonly string[] Weak = ["$1$", "$3$", "$md5", "$sha1", "_"];

    // What devices are delivered with. The name of the account and its doubling are tried as well.
    private static readonly string[] Defaults =
    [
        "password", "Password", "passw0rd", "admin", "administrator", "root", "toor", "changeme", "default", "user", "test", "guest",
        "1234", "12345", "123456", "12345678", "raspberry", "ubuntu", "debian", "iotedge", "operator", "service", "plc", "scada",
    ];

    /// <summary>What kind of password an entry stands for; null for no entry.</summary>
    public static PasswordKind KindOf(string? entry) => entry switch
    {
        null => PasswordKind.Hidden,
        "" => PasswordKind.Empty,
        _ when entry[0] is '!' or '*' => PasswordKind.Locked,
        _ when Array.Exists(Strong, mark => entry.StartsWith(mark, StringComparison.Ordinal)) => PasswordKind.Hashed,
        _ when Array.Exists(Weak, mark => entry.StartsWith(mark, StringComparison.Ordinal)) => PasswordKind.WeaklyHashed,

        // Thirteen letters are DES; whatever else it is, no password makes it.
        _ => entry.Length is DesLength ? PasswordKind.WeaklyHashed : PasswordKind.Locked,
    };

    /// <summary>Whether a usual password makes this hash; null if that cannot be tried.</summary>
    public static bool? IsDefault(string hash, string account)
    {
        try
        {
            bool isTried = false;
            foreach (string password in Defaults.Append(account).Append(account + account).Append(account + "123"))
            {
                string? made = Marshal.PtrToStringUTF8(Crypt(password, hash));
                if (string.Equals(made, hash, StringComparison.Ordinal))
                {
                    return true;
                }

                // A failure token, *0 or *1: the library does not know this kind.
                isTried |= made is not null && !made.StartsWith('*');
            }

            return isTried ? false : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    // Not for parallel use: the result lies in memory of the library.
    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Crypt(string key, string setting);
}
