using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Authentication.ExtendedProtection;

namespace Sallyport.Identity.Est;

/// <summary>What names one TLS connection at both of its ends.</summary>
public static class ChannelBindings
{
    private static ReadOnlySpan<byte> Prefix => "tls-unique:"u8;

    /// <summary><c>tls-unique</c> (RFC 5929 section 3) in base64. Empty above TLS 1.2, where it is not defined, although the platform gives one.</summary>
    public static string UniqueOf(SslStream stream)
    {
#pragma warning disable CA5398 // Not a choice of version: tls-unique is defined for this one.
        bool isDefined = stream.SslProtocol is SslProtocols.Tls12;
#pragma warning restore CA5398
        if (!isDefined || stream.TransportContext.GetChannelBinding(ChannelBindingKind.Unique) is not { IsInvalid: false } binding)
        {
            return "";
        }

        using (binding)
        {
            byte[] bytes = new byte[binding.Size];
            Marshal.Copy(binding.DangerousGetHandle(), bytes, 0, bytes.Length);
            int at = bytes.AsSpan().IndexOf(Prefix);
            return at < 0 ? "" : Convert.ToBase64String(bytes.AsSpan(at + Prefix.Length));
        }
    }
}
