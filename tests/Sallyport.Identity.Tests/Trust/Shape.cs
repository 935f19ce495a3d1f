using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests.Trust;

/// <summary>How one certificate of the test PKI is made; with nothing set it is a good one.</summary>
internal sealed record Shape
{
    public string Subject { get; init; } = "CN=gw-0001";

    public AsymmetricAlgorithm? Key { get; init; }

    public TimeSpan From { get; init; } = TimeSpan.FromHours(-1);

    public TimeSpan Until { get; init; } = TimeSpan.FromDays(60);

    public byte[] Serial { get; init; } = Convert.FromHexString("5A0102030405060708090A0B0C0D0E0F");

    public bool HasSha1 { get; init; }

    /// <summary>Object identifiers of extensions that are left out.</summary>
    public string[] Without { get; init; } = [];

    /// <summary>Extensions that are added, in the place of those with the same object identifier.</summary>
    public X509Extension[] With { get; init; } = [];

    /// <summary>Changes the DER of what is signed.</summary>
    public Func<byte[], byte[]>? Patch { get; init; }
}
